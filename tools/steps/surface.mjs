import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describeDifference } from '../lib/describe-difference.mjs';
import { publishedWorkspaces } from '../lib/workspaces.mjs';
import { listSurface } from '../surface/list-surface.mjs';

/**
 * What each package publishes is what its checked-in surface.txt says; `--update` writes it.
 *
 * @param {{ root: string, update: boolean }} context
 */
export function checkSurface({ root, update }) {
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  for (const { folder, manifest } of publishedWorkspaces(root)) {
    const actual = listSurface(entriesOf(root, folder, manifest), readOptions(join(root, folder)));
    const file = join(root, folder, 'surface.txt');
    const listed = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (actual === listed) {
      passed += 1;
    } else if (update) {
      writeFileSync(file, actual);
      passed += 1;
    } else {
      problems.push(
        `${folder}/surface.txt is not what the package publishes:\n${describeDifference(listed, actual)}\n` +
          'Meant? Run: npm test -- --only surface --update',
      );
    }
  }
  return { passed, problems };
}

/** @param {string} root @param {string} folder @param {Record<string, any>} manifest */
function entriesOf(root, folder, manifest) {
  return Object.entries(manifest.exports)
    .filter(([, target]) => target['@mizan/source'])
    .map(([path, target]) => ({
      name: `${manifest.name}${path.slice(1)}`,
      file: join(root, folder, target['@mizan/source']),
    }));
}

/** @param {string} folder */
function readOptions(folder) {
  const file = join(folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, folder).options;
}
