import { runBackendTests } from './steps/backends.mjs';
import { runBrowserTests } from './steps/browser.mjs';
import { checkBuild } from './steps/build.mjs';
import { runConformance } from './steps/conformance.mjs';
import { runDocs } from './steps/docs.mjs';
import { checkFiles } from './steps/files.mjs';
import { checkFormat } from './steps/format.mjs';
import { checkGenerated } from './steps/generated.mjs';
import { checkImports } from './steps/imports.mjs';
import { checkLicences } from './steps/licence.mjs';
import { checkLinks } from './steps/links.mjs';
import { runUnitTestsOnNode24 } from './steps/node24.mjs';
import { checkPackages } from './steps/pack.mjs';
import { checkPython } from './steps/python.mjs';
import { checkPythonPackages } from './steps/python-pack.mjs';
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
  { name: 'links', groups: ['checks'], title: 'links between pages', run: checkLinks },
  { name: 'generated', groups: ['checks'], title: 'generated files are current', run: checkGenerated },
  { name: 'types', groups: ['checks'], title: 'every program, TypeScript 7 and 6', run: checkTypes },
  {
    name: 'surface',
    groups: ['checks'],
    title: 'what each package publishes is as listed',
    run: checkSurface,
  },
  { name: 'unit', title: 'unit tests, vectors and models', run: runUnitTests },
  { name: 'python', title: 'the Python room: ruff, mypy, pytest with the vectors', run: checkPython },
  {
    name: 'python-pack',
    title: 'wheel and sdist install into clean environments',
    run: checkPythonPackages,
  },
  { name: 'build', title: 'every package compiles', run: checkBuild },
  { name: 'pack', needs: ['build'], title: 'tarballs are complete and well formed', run: checkPackages },
  {
    name: 'docs',
    needs: ['build'],
    title: 'every code block of README and guides is executed',
    run: runDocs,
  },
  { name: 'node24', title: 'the unit tests on Node 24', run: runUnitTestsOnNode24 },
  { name: 'backends', title: 'every backend of the Helpdesk, over HTTP', run: runBackendTests },
  { name: 'browser', title: 'the Helpdesk in Chromium, on every backend', run: runBrowserTests },
  { name: 'conformance', title: 'the referee: cases, mutants, generated requests', run: runConformance },
];
