import { checkBuild } from './steps/build.mjs';
import { checkFiles } from './steps/files.mjs';
import { checkFormat } from './steps/format.mjs';
import { checkImports } from './steps/imports.mjs';
import { checkLicences } from './steps/licence.mjs';
import { runUnitTestsOnNode24 } from './steps/node24.mjs';
import { checkSurface } from './steps/surface.mjs';
import { checkTypes } from './steps/types.mjs';
import { runUnitTests } from './steps/unit.mjs';
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
    title: 'licence texts, fields, numbers of dependencies',
    run: checkLicences,
  },
  {
    name: 'files',
    groups: ['checks'],
    title: 'no machine paths, hosts or switched-off tests',
    run: checkFiles,
  },
  { name: 'format', groups: ['checks'], title: 'formatter and linter (Biome)', run: checkFormat },
  { name: 'imports', groups: ['checks'], title: 'import directions between rooms', run: checkImports },
  { name: 'types', groups: ['checks'], title: 'every program, TypeScript 7 and 6', run: checkTypes },
  {
    name: 'surface',
    groups: ['checks'],
    title: 'what each package publishes is as listed',
    run: checkSurface,
  },
  { name: 'unit', title: 'unit tests, vectors and models', run: runUnitTests },
  { name: 'build', title: 'every package compiles', run: checkBuild },
  { name: 'node24', title: 'the unit tests on Node 24', run: runUnitTestsOnNode24 },
];
