import type { Call } from '../cli/command.ts';
import { alignColumns } from '../columns.ts';
import { type Explanation, explainFunction } from '../explain.ts';
import { Mend } from '../mend.ts';
import { loadContract, openProject } from '../project.ts';

/** `mizan explain <mutation>`: what becomes stale and why. Without a name, of every mutation. */
export async function explainCommand(call: Call): Promise<number> {
  const project = await openProject({
    config: call.flags.config as string | undefined,
    file: call.flags.file as string | undefined,
  });
  const { contract, sources } = await loadContract(project, call.signal);
  const [name] = call.args;
  const functions = contract.functions.filter((fn) =>
    name === undefined ? fn.affects.length + fn.merge.length > 0 : fn.name === name,
  );
  if (name !== undefined && functions.length === 0) {
    const { suggest } = await import('@mizan/ir');
    const near = suggest(
      name,
      contract.functions.map((fn) => fn.name),
    );
    throw new Mend(`there is no function ${name}.${near}`, {
      mend: 'Functions go by their names on the wire here: update_profile is updateProfile.',
    });
  }
  const explanations = functions
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((fn) => explainFunction(contract, sources, fn));
  if (call.flags.json)
    call.output.data(`${JSON.stringify(name === undefined ? explanations : explanations[0])}\n`);
  else call.output.data(explanations.map(formatExplanation).join('\n') || 'There is no mutation yet.\n');
  return 0;
}

function formatExplanation({ effects, function: name, kind, place }: Explanation): string {
  const head = place === undefined ? name : `${name}  ${place.path}:${place.line}`;
  const nothing = {
    call: '  makes nothing stale: it has neither affects nor merge',
    query: '  is never made stale: no mutation affects its context',
    mutation: '',
  };
  const lines =
    effects.length === 0
      ? [nothing[kind]]
      : alignColumns(
          effects.map(({ address, effect, reason }) => [address, reason, effect]),
          '  ',
        );
  return `${[head, ...lines].join('\n')}\n`;
}
