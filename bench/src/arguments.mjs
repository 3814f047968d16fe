import { parseArgs } from 'node:util';

/** Every group of rows by the name that `--only` takes, in the order in which they run. */
export const groups = /** @type {const} */ ([
  'call',
  'bundle',
  'bun',
  'fastapi',
  'django',
  'bytes',
  'generate',
  'typecheck',
  'invalidate',
  'notify',
  'memory',
  'paths',
]);

/**
 * @typedef {object} BenchOptions
 * @property {string[]} only groups to run, all when empty
 * @property {string | undefined} json where to write the rows
 * @property {boolean} build whether our packages are built first
 * @property {boolean} quick fewer and shorter rounds, to see that everything runs
 * @property {boolean} help
 */

/**
 * Reads the arguments of `npm run bench`; throws with a message that names what is wrong.
 *
 * @param {readonly string[]} argv
 * @returns {BenchOptions}
 */
export function parseBenchArguments(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const only = (values.only ?? []).flatMap((word) => word.split(',')).filter(Boolean);
  for (const name of only) {
    if (!groups.some((group) => group === name))
      throw new Error(`--only: there is no group "${name}"; there are ${groups.join(', ')}`);
  }
  return { only, json: values.json, build: !values['no-build'], quick: values.quick, help: values.help };
}

/** The usage text of `npm run bench`. */
export const usage = `npm run bench -- [options]

  --only a,b     run these groups of rows only:
                 ${groups.join(', ')}
  --json FILE    write the rows as JSON
  --quick        fewer and shorter rounds: shows that everything runs, not how fast
  --no-build     take our packages as they were built last
`;
