// Writes everything that is generated and committed: tables, example clients, the fixture contract, the matrix.
import { join } from 'node:path';
import { nodeArguments, readGenerators } from './generators.mjs';
import { ensureInstalled, repositoryRoot, runMain } from './lib/install.mjs';
import { runCommand } from './lib/run-command.mjs';

runMain(async () => {
  await ensureInstalled();
  const flags = process.argv.slice(2);
  let code = 0;
  for (const generator of readGenerators(repositoryRoot)) {
    console.log(`${generator.name}: ${generator.makes}`);
    const run = await runCommand(process.execPath, [...nodeArguments(repositoryRoot, generator), ...flags], {
      cwd: join(repositoryRoot, generator.cwd ?? '.'),
      echo: true,
    });
    if (run.code !== 0) code = 1;
  }
  return code;
});
