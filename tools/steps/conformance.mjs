import { join } from 'node:path';
import { runCommand } from '../lib/run-command.mjs';
import { environmentForTestees } from '../lib/testee-python.mjs';

/** Requests of the differential run, the same in each CI run. */
const differential = ['--differential', '20000', '--seed', '20261101'];

/**
 * The referee: every case on every testee, every case against the mutants, and generated requests compared.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function runConformance({ root, say }) {
  const main = join(root, 'conformance', 'src', 'main.ts');
  const node = ['--conditions=@mizan/source', '--import', 'tsx', main];
  const env = await environmentForTestees({ root, args: [], say });
  const run = await runCommand(process.execPath, [...node, '--mutants', ...differential], {
    cwd: root,
    env,
    timeout: 1_800_000,
  });
  const counts = /^conformance: (\d+) passed, (\d+) failed/m.exec(run.stdout);
  for (const line of run.stdout.split('\n').filter((text) => /^(mutants|differential): /.test(text)))
    say(line);
  const matrix = await runCommand(process.execPath, [...node, '--check'], {
    cwd: root,
    timeout: 60_000,
  });
  /** @type {string[]} */
  const problems = [];
  if (matrix.code !== 0) problems.push(matrix.output.trim());
  if (run.timedOut) problems.push('the referee did not end within 30 minutes');
  else if (!counts) problems.push(`the referee printed no counts:\n${run.output.slice(-6000)}`);
  else if (run.code !== 0) problems.push(run.stderr.trim().slice(0, 8000) || run.output.slice(-4000));
  const passed = Number(counts?.[1] ?? 0) + (matrix.code === 0 ? 1 : 0);
  return { passed, failed: Number(counts?.[2] ?? 0), problems };
}
