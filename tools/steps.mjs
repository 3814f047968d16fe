import { checkFiles } from './steps/files.mjs';
import { checkFormat } from './steps/format.mjs';
import { checkImports } from './steps/imports.mjs';
import { checkLicences } from './steps/licence.mjs';
import { checkVersions } from './steps/versions.mjs';

/**
 * Every step of `npm test`, the cheap ones first so that they fail first.
 *
 * @type {readonly import('./lib/run-steps.mjs').Step[]}
 */
export const steps = [
  { name: 'versions', groups: ['checks'], title: 'Node, lock file and exact pins', run: checkVersions },
  {
    name: 'licence',
    groups: ['checks'],
    title: 'licence texts, fields and numbers of dependencies',
    run: checkLicences,
  },
  {
    name: 'files',
    groups: ['checks'],
    title: 'no machine paths, registry hosts or switched-off tests',
    run: checkFiles,
  },
  { name: 'format', groups: ['checks'], title: 'formatter and linter (Biome)', run: checkFormat },
  { name: 'imports', groups: ['checks'], title: 'import directions between rooms', run: checkImports },
];
