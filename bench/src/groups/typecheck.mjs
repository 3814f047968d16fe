import { say } from '../say.mjs';
import { keep, rounded, rowsOf } from '../statistics.mjs';
import { compile, compilers } from '../typecheck/compile.mjs';
import { clientPrograms, importProgram, serverPrograms } from '../typecheck/programs.mjs';
import { schemasAlone, smallServers } from '../typecheck/small-servers.mjs';

/** @typedef {import('../run-bench.mjs').Row} Row */

/**
 * What type checking costs: client programs by size and compiler, a server program beside tRPC's, and what merely
 * importing a library costs.
 *
 * @param {import('../run-bench.mjs').Effort} effort
 * @returns {Promise<Row[]>}
 */
export async function measure(effort) {
  return [...(await measureClients(effort)), ...(await measureServers(effort)), ...(await measureImports())];
}

/** @param {import('../run-bench.mjs').Effort} effort */
async function measureClients(effort) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Map<string, number[]>} instantiations by contestant, smallest program first */
  const counts = new Map();
  const sizes = effort.choose([10, 100, 1000], [10, 100]);
  for (const size of sizes) {
    const programs = await clientPrograms(size);
    for (const [name, compiler] of Object.entries(compilers)) {
      // Growth is shown with one compiler; the others check the largest.
      if (name !== 'TypeScript 6' && size !== sizes.at(-1)) continue;
      const label = `${size}, ${name}`;
      // TypeScript 7 is done so soon that it takes many rounds to tell two programs apart.
      const rounds = effort.choose(name === 'TypeScript 7' ? 15 : 3, 1);
      const results = await compare(`typecheck ${label}`, compiler, programs, rounds);
      rows.push(...rowsOf({ row: 'typecheck', size: label, unit: 'ms' }, results.times));
      if (name === 'TypeScript 6')
        for (const [contestant, count] of results.counts) keep(counts, contestant, count);
    }
  }
  const more = (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
  for (const [contestant, list] of counts) {
    const value = rounded(((list.at(-1) ?? 0) - (list[0] ?? 0)) / more);
    rows.push({
      row: 'typecheck-instantiations',
      size: 'a function',
      contestant,
      value,
      unit: '',
      ratioToLimit: null,
    });
  }
  return rows;
}

/** @param {import('../run-bench.mjs').Effort} effort */
async function measureServers(effort) {
  const { times } = await compare(
    'typecheck-server',
    compilers['TypeScript 6'],
    serverPrograms(100),
    effort.choose(5, 1),
  );
  return rowsOf({ row: 'typecheck-server', size: '100', unit: 'ms' }, times);
}

/**
 * The fixed cost of a library: a server of one function, less the schemas of that function as the library takes them.
 *
 * @returns {Promise<Row[]>}
 */
async function measureImports() {
  const compiler = compilers['TypeScript 6'];
  /** @type {Row[]} */
  const rows = [];
  /** @param {string} name @param {string} text */
  const count = async (name, text) => (await compile(compiler, importProgram(name, text))).instantiations;
  const fields = await count('schemas-mizan', schemasAlone.mizan);
  const objects = await count('schemas-peers', schemasAlone.peers);
  for (const [contestant, text] of Object.entries(smallServers)) {
    const value = (await count(contestant, text)) - (contestant === 'mizan' ? fields : objects);
    rows.push({
      row: 'typecheck-import',
      size: 'one function',
      contestant,
      value,
      unit: '',
      ratioToLimit: null,
    });
  }
  return rows;
}

const ours = ['limit', 'declarations', 'mizan'];

/**
 * Checks programs one after another in each round; beyond a thousand functions peers take minutes, so they run once.
 *
 * @param {string} title @param {string} compiler @param {Record<string, string>} programs @param {number} rounds
 */
async function compare(title, compiler, programs, rounds) {
  /** @type {Map<string, number[]>} */
  const times = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (let round = 1; round <= rounds; round += 1) {
    say(`${title}: round ${round} of ${rounds}`);
    for (const [name, folder] of Object.entries(programs)) {
      if (round > 1 && title.includes(' 1000') && !ours.includes(name)) continue;
      const { milliseconds, instantiations } = await compile(compiler, folder);
      keep(times, name, milliseconds);
      counts.set(name, instantiations);
    }
  }
  return { times, counts };
}
