// Builds every published package into its dist folder.
import { buildPackages } from './lib/build-packages.mjs';
import { ensureInstalled, repositoryRoot, runMain } from './lib/install.mjs';

runMain(async () => {
  await ensureInstalled();
  const { passed, problems = [] } = await buildPackages(repositoryRoot);
  for (const problem of problems) console.error(problem);
  console.log(`Built ${passed} packages.`);
  return problems.length > 0 ? 1 : 0;
});
