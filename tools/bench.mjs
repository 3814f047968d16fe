// Installs the peers in bench/, builds our packages, and prints ratios of both in one run: `npm run bench`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPackages } from './lib/build-packages.mjs';
import { ensureInstalled, repositoryRoot, runMain, SetupError } from './lib/install.mjs';

runMain(async () => {
  const folder = join(repositoryRoot, 'bench');
  /** @param {string} line */
  const say = (line) => console.error(line);
  const { parseBenchArguments, usage } = await importFrom(folder, 'arguments.mjs');
  let options;
  try {
    options = parseBenchArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await ensureInstalled({ say });
  await ensureInstalled({ folder, say, what: 'peers (bench/)' });
  if (options.build) {
    say('Building our packages …');
    const { problems = [] } = await buildPackages(repositoryRoot);
    if (problems.length > 0) throw new SetupError(problems.join('\n'));
  }
  // It imports installed packages, so it is loaded only now.
  const { runBench } = await importFrom(folder, 'run-bench.mjs');
  return runBench(options);
});

/** @param {string} folder @param {string} file */
function importFrom(folder, file) {
  return import(pathToFileURL(join(folder, 'src', file)).href);
}
