import type { Call } from '../cli/command.ts';
import { alignColumns } from '../columns.ts';
import { type Check, examine } from '../doctor.ts';
import type { Paint } from '../output.ts';

/** `mizan doctor`: looks at everything that Mizan depends on here. 1 when something is to be mended. */
export async function doctorCommand(call: Call): Promise<number> {
  const checks = await examine({ config: call.flags.config as string | undefined }, call.signal);
  if (call.flags.json) call.output.data(`${JSON.stringify({ checks })}\n`);
  else for (const line of formatChecks(checks, call.output.paint)) call.output.data(`${line}\n`);
  return checks.every((check) => check.ok) ? 0 : 1;
}

/** `ok` and `mend` lines; the mends and places stand in columns of their own. */
function formatChecks(checks: readonly Check[], paint: Paint): string[] {
  const mends = alignColumns(
    checks
      .filter((check) => !check.ok)
      .map(({ mend = '', what, where = '' }) => [`mend  ${what}`, mend, where]),
  );
  let at = 0;
  return checks.map((check) =>
    check.ok
      ? `${paint.green('ok')}    ${check.what}`
      : (mends[at++] as string).replace('mend', paint.yellow('mend')),
  );
}
