// Follows pages as a reader would: `node tools/follow.mjs docs/react.md`. Needs built packages (npm run build).
import { ensureInstalled, repositoryRoot, runMain } from './lib/install.mjs';

runMain(async () => {
  await ensureInstalled();
  const { followPages } = await import('./docs/follow-pages.mjs');
  const { passed, problems } = await followPages(repositoryRoot, {
    only: process.argv.slice(2),
    say: console.log,
  });
  for (const problem of problems) console.error(problem);
  console.log(`${passed} passed, ${problems.length} failed`);
  return problems.length > 0 ? 1 : 0;
});
