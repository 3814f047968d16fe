import { fileURLToPath } from 'node:url';
import { contestantsOf } from '../kernel/contestants.mjs';
import { runProgram } from '../process/run-program.mjs';
import { say } from '../say.mjs';
import { keep, rowsOf } from '../statistics.mjs';

const weighFile = fileURLToPath(new URL('../kernel/memory/weigh.mjs', import.meta.url));

/** Bytes a cached instance over its data. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  const rows = [];
  for (const subscribed of ['without', 'with']) {
    say(`memory ${subscribed} a subscriber`);
    /** @type {Map<string, number[]>} */
    const samples = new Map();
    for (let round = 0; round < effort.choose(9, 1); round += 1)
      for (const [name, url] of Object.entries(contestantsOf('memory'))) {
        const { stdout } = await runProgram([
          process.execPath,
          '--expose-gc',
          weighFile,
          url.href,
          '10000',
          subscribed,
        ]);
        keep(samples, name, JSON.parse(stdout).bytes);
      }
    rows.push(...rowsOf({ row: 'memory', size: `${subscribed} subscriber`, unit: 'B' }, samples));
  }
  return rows;
}
