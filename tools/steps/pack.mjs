import { join } from 'node:path';
import { ensureToolInstalled } from '../lib/cache-folder.mjs';
import { mapParallel } from '../lib/compilers.mjs';
import { packPackages } from '../lib/pack-packages.mjs';
import { runCommand } from '../lib/run-command.mjs';

/**
 * What npm would publish is complete and well formed: the files, the entry points (publint) and the types of each
 * entry point under every module resolution that we support (are the types wrong).
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function checkPackages({ root, say }) {
  const modules = await ensureToolInstalled(root, 'packaging', say);
  const packages = await packPackages(root);
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  for (const entry of packages) {
    const missing = findMissingFiles(entry);
    problems.push(...missing.map((problem) => `${entry.name}: ${problem}`));
    if (missing.length === 0) passed += 1;
  }
  const tools = [
    { bin: join('publint', 'src', 'cli.js'), args: ['--strict'] },
    {
      bin: join('@arethetypeswrong', 'cli', 'dist', 'index.js'),
      args: ['--profile', 'esm-only', '--no-color'],
    },
  ];
  const runs = packages.flatMap((entry) => tools.map((tool) => ({ entry, tool })));
  const results = await mapParallel(runs, ({ entry, tool }) =>
    runCommand(process.execPath, [join(modules, tool.bin), entry.tarball, ...tool.args], {
      timeout: 120_000,
    }),
  );
  for (const [index, result] of results.entries()) {
    if (result.code === 0) passed += 1;
    else
      problems.push(
        `${runs[index]?.entry.name} with ${runs[index]?.tool.bin.split('/')[0]}:\n${result.output.trim()}`,
      );
  }
  return { passed, problems, note: `${packages.length} tarballs` };
}

/** @param {import('../lib/pack-packages.mjs').PackedPackage} entry @returns {string[]} */
function findMissingFiles({ files, manifest }) {
  /** @type {string[]} */
  const problems = [];
  const has = new Set(files);
  const wanted = ['LICENSE', 'README.md', 'package.json'];
  for (const target of Object.values(manifest.exports ?? {})) {
    for (const path of Object.values(target)) wanted.push(String(path).replace('./', ''));
  }
  for (const path of Object.values(manifest.bin ?? {})) wanted.push(String(path).replace('./', ''));
  for (const path of wanted) if (!has.has(path)) problems.push(`the tarball lacks ${path}`);
  for (const path of files) {
    if (/\.test\.|(^|\/)(testing|fixtures?)\/|tsconfig|surface\.txt|\.tsbuildinfo$/.test(path)) {
      problems.push(`the tarball holds ${path}, which users do not need`);
    }
  }
  return problems;
}
