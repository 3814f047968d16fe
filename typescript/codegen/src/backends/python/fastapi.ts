import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Mend } from '../../mend.ts';
import { showPath } from '../../project.ts';
import type { BackendKind, BackendPlace } from '../backend.ts';
import { examinePython, exportPython } from './export-python.ts';
import type { Failure, Help, PythonHost, PythonProject } from './python-host.ts';
import { pythonTree } from './python-tree.ts';

/** `backend: { fastapi }`: an application, named as uvicorn names it. */
export const fastapiBackend: BackendKind = {
  key: 'fastapi',
  value: 'a FastAPI application: app.main:app',
  async load(place, signal) {
    const project = projectOf(place);
    if (!/^[\w.]+:[\w.]+(\(\))?$/.test(place.value)) {
      throw new Mend('this names no application', {
        where: place.value,
        mend: "Name it as for uvicorn, the module and the variable in it: fastapi: 'app.main:app'",
      });
    }
    if (!existsSync(project.cwd)) {
      throw new Mend('there is no such folder', {
        where: showPath(project.root, project.cwd),
        mend: 'It stands as cwd beside the backend in mizan.config.ts, relative to that file.',
      });
    }
    return exportPython(hostOf(place), project, signal);
  },
  tree: (place) => pythonTree(projectOf(place).cwd),
  examine: (place, signal) => examinePython(hostOf(place), projectOf(place), signal),
};

function projectOf({ options, root, value }: BackendPlace): PythonProject {
  const cwd = resolve(root, options.cwd ?? '.');
  return { shown: value, root, cwd, home: cwd, python: options.python };
}

function hostOf({ options, value: app }: BackendPlace): PythonHost {
  const which = options.prefix === undefined ? [] : ['--prefix', options.prefix];
  return {
    key: 'fastapi',
    title: 'FastAPI',
    args: ['-m', 'mizan.fastapi', 'export', app, '--json', ...which],
    explain: (failure) => explain(app, failure),
  };
}

function explain(app: string, { error, project, stderr }: Failure): Help | undefined {
  const [module = '', attribute = ''] = app.split(':');
  const missing =
    /^there is no module ([\w.]+) in /m.exec(stderr)?.[1] ??
    /^No module named '([\w.]+)'/.exec(error?.message ?? '')?.[1];
  if (missing !== undefined && (missing === module || module.startsWith(`${missing}.`))) {
    const folder = showPath(project.root, project.cwd);
    return {
      message: `there is no module ${missing} in ${folder === '.' ? 'the folder of mizan.config.ts' : folder}`,
      mend: `Name the folder that uvicorn runs in: backend: { fastapi: '${app}', cwd: 'src' }`,
    };
  }
  if (!error && /No module named '?mizan\.fastapi/.test(stderr)) {
    return {
      message: 'this version of Mizan cannot export from FastAPI',
      detail: stderr.trim(),
      mend: 'Is a folder or module of the project named mizan? It hides the package. Else upgrade: pip install --upgrade "mizan[fastapi]"',
    };
  }
  const [first] = attribute.split('.');
  if (
    error?.name === 'AttributeError' &&
    error.message.includes(`module '${module}' has no attribute '${first}'`)
  ) {
    return {
      message: `the module ${module} has no ${attribute}`,
      mend: `Name the variable that holds the application, after the colon: fastapi: '${module}:app'`,
    };
  }
  if (/ has several routers of Mizan: /.test(stderr)) {
    return {
      message: 'this application has several routers of Mizan',
      detail: stderr.trim().split('\n')[0] as string,
      mend: `Name the one whose clients these are: backend: { fastapi: '${app}', prefix: '/api/mizan' }`,
    };
  }
  return undefined;
}
