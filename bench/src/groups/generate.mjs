import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateMizan, mizanBin } from '../api/generate-mizan.mjs';
import { openapiOf } from '../api/openapi.mjs';
import { sizedContract } from '../api/sized-contract.mjs';
import { runProgram } from '../process/run-program.mjs';
import { say } from '../say.mjs';
import { keep, rowsOf } from '../statistics.mjs';
import { workFolder } from '../work-folder.mjs';

const limitFile = fileURLToPath(new URL('../generate/limit.mjs', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Generation as a whole process, into an empty folder: ours from the contract, peers from the same API as OpenAPI.
 *
 * @param {import('../run-bench.mjs').Effort} effort
 */
export async function measure(effort) {
  const rows = [];
  for (const size of [10, 100, 1000]) {
    const folder = workFolder(`generate-${size}`);
    const commands = await prepare(folder, size);
    /** @type {Map<string, number[]>} */
    const samples = new Map();
    const rounds = effort.choose(size === 1000 ? 5 : 7, 1);
    for (let round = 1; round <= rounds; round += 1) {
      say(`generate ${size}: round ${round} of ${rounds}`);
      for (const [name, command] of Object.entries(commands)) {
        rmSync(join(folder, name), { recursive: true, force: true });
        const { milliseconds } = await runProgram([process.execPath, ...command], { cwd: folder });
        keep(samples, name, milliseconds);
      }
    }
    rows.push(...rowsOf({ row: 'generate', size: String(size), unit: 'ms' }, samples));
  }
  return rows;
}

/** @param {string} folder @param {number} size @returns {Promise<Record<string, string[]>>} arguments of node */
async function prepare(folder, size) {
  const contract = sizedContract(size);
  await generateMizan(contract, 'react', folder);
  const written = join(folder, 'api');
  const sizes = Object.fromEntries(
    readdirSync(written)
      .filter((name) => statSync(join(written, name)).isFile())
      .map((name) => [name, statSync(join(written, name)).size]),
  );
  writeFileSync(join(folder, 'sizes.json'), JSON.stringify(sizes));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openapiOf(contract), null, 2));
  /** @param {string} name */
  const out = (name) => join(folder, name);
  const api = out('openapi.json');
  return {
    limit: [limitFile, out('contract.kdl'), out('sizes.json'), out('limit')],
    mizan: [mizanBin, 'generate', out('contract.kdl'), '--react', out('mizan')],
    'openapi-typescript': [binOf('openapi-typescript'), api, '-o', join(out('openapi-typescript'), 'api.ts')],
    'hey-api': [binOf('@hey-api/openapi-ts'), '-i', api, '-o', out('hey-api'), '--silent'],
    orval: [
      binOf('orval'),
      '--input',
      api,
      '--output',
      join(out('orval'), 'api.ts'),
      '--client',
      'react-query',
    ],
  };
}

/** The file behind a package's command. @param {string} name */
function binOf(name) {
  const manifest = require.resolve.paths(name)?.map((base) => join(base, name, 'package.json')) ?? [];
  const file = manifest.find((path) => statSync(path, { throwIfNoEntry: false }));
  if (!file) throw new Error(`${name} is not installed`);
  const { bin } = require(file);
  return join(dirname(file), typeof bin === 'string' ? bin : String(Object.values(bin)[0]));
}
