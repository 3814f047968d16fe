import { tarballsFor } from '../lib/pack-packages.mjs';
import { npmFlags } from './temporary-project.mjs';

/**
 * Rewrites an `npm install …` of a page so that it installs our packed tarballs instead of published packages,
 * together with those of ours that they depend on; every other command stays as it is.
 *
 * @param {string} command
 * @param {readonly import('../lib/pack-packages.mjs').PackedPackage[]} packages
 * @param {readonly string[]} [declared] what the folder's package.json depends on, for an install that names nothing
 */
export function rewriteInstall(command, packages, declared = []) {
  const match = /^npm (?:install|i|add)\b(.*)$/.exec(command.trim());
  if (!match) return command;
  const words = (match[1] ?? '').split(/\s+/).filter(Boolean);
  const names = new Set(packages.map((entry) => entry.name));
  const bare = (/** @type {string} */ word) =>
    word.lastIndexOf('@') > 0 ? word.slice(0, word.lastIndexOf('@')) : word;
  const ours = words.filter((word) => names.has(bare(word))).map(bare);
  if (!words.some((word) => !word.startsWith('-'))) ours.push(...declared.filter((name) => names.has(name)));
  const others = words.filter((word) => !names.has(bare(word)));
  const parts = ['npm install', ...others, ...tarballsFor(packages, ours), npmFlags];
  return parts.join(' ');
}

/**
 * Rewrites a `pip install …` of a page so that it installs our built wheel instead of the published distribution, and
 * everything else in the versions that the Python room is tested with; every other command stays as it is.
 *
 * @param {string} command
 * @param {import('../lib/python-distribution.mjs').Distribution | undefined} distribution
 */
export function rewritePipInstall(command, distribution) {
  const match = /^(?:python3? -m )?pip install\b(.*)$/.exec(command.trim());
  if (!match || distribution === undefined) return command;
  const words = (match[1] ?? '').replaceAll('"', '').replaceAll("'", '').split(/\s+/).filter(Boolean);
  const wanted = words.map((word) =>
    word.replace(/^mizan(?=$|\[)(.*)$/, (_, extras) => `"${distribution.wheel}${extras}"`),
  );
  const flags = `--quiet --disable-pip-version-check --constraint "${distribution.constraints}"`;
  return `python -m pip install ${flags} ${wanted.join(' ')}`;
}
