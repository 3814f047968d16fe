// Installs what is missing, then runs every check and test of the project, the cheap ones first.
import { checkNodeVersion, ensureInstalled, repositoryRoot, runMain } from './lib/install.mjs';
import { parseTestArguments, usage } from './lib/parse-arguments.mjs';
import { formatCounts, runSteps, selectSteps } from './lib/run-steps.mjs';

runMain(async () => {
  checkNodeVersion();
  let options;
  try {
    options = parseTestArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await ensureInstalled();
  // Steps import installed packages, so they are loaded only now.
  const { steps } = await import('./steps.mjs');
  if (options.list) {
    for (const step of steps) console.log(`${step.name.padEnd(12)} ${step.title}`);
    return 0;
  }
  let chosen;
  try {
    chosen = selectSteps(steps, options);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  const started = Date.now();
  const counts = await runSteps(chosen, { root: repositoryRoot, update: options.update, bail: options.bail });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\nFinished in ${Math.floor(seconds / 60)} min ${seconds % 60} s.\n${formatCounts(counts)}`);
  return counts.failed > 0 ? 1 : 0;
});
