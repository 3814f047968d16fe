import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Mend } from '../../mend.ts';
import { showPath } from '../../project.ts';
import type { BackendKind, BackendPlace } from '../backend.ts';
import { examinePython, exportPython } from './export-python.ts';
import { installLine } from './find-interpreter.ts';
import type { Help, PythonHost, PythonProject } from './python-host.ts';
import { pythonTree } from './python-tree.ts';

/** `backend: { django }`: a project's `manage.py`, asked through its own command. */
export const djangoBackend: BackendKind = {
  key: 'django',
  value: 'the manage.py of a Django project',
  async load(place, signal) {
    const { manage, project } = projectOf(place);
    if (!existsSync(manage)) {
      throw new Mend('there is no such manage.py', {
        where: project.shown,
        mend: "Name the project's manage.py under backend.django in mizan.config.ts, relative to that file: django: 'backend/manage.py'",
      });
    }
    return exportPython(hostOf(manage), project, signal);
  },
  tree: (place) => pythonTree(dirname(projectOf(place).manage)),
  examine(place, signal) {
    const { manage, project } = projectOf(place);
    return examinePython(hostOf(manage), project, signal);
  },
};

function projectOf({ options, root, value }: BackendPlace): { manage: string; project: PythonProject } {
  const folder = resolve(root, options.cwd ?? '.');
  const manage = resolve(folder, value);
  const cwd = options.cwd === undefined ? dirname(manage) : folder;
  // A folder that is not there would be blamed on Python.
  const project = { root, cwd: existsSync(cwd) ? cwd : root, home: dirname(manage), python: options.python };
  return { manage, project: { ...project, shown: showPath(root, manage) } };
}

function hostOf(manage: string): PythonHost {
  return {
    key: 'django',
    title: 'Django',
    args: [manage, 'export_mizan_contract', '--json'],
    explain: ({ error, interpreter, project, stderr }) => {
      if (
        /^No Django settings specified\./m.test(stderr) ||
        /DJANGO_SETTINGS_MODULE/.test(error?.message ?? '')
      ) {
        return noSettings(project);
      }
      if (/^Unknown command: '?export_mizan_contract/m.test(stderr)) {
        return {
          message: 'this project has no command export_mizan_contract',
          mend: `Add "mizan.django" to INSTALLED_APPS in the settings (npx mizan init does it).\nIf it is there, Mizan is too old: ${installLine(interpreter, 'django').replace(' install ', ' install --upgrade ')}`,
        };
      }
      const settings = settingsOf(manage);
      const missing = /^No module named '([\w.]+)'/.exec(error?.message ?? '')?.[1];
      if (settings !== undefined && missing !== undefined && isPartOf(missing, settings)) {
        return {
          message: `the settings ${settings} cannot be imported`,
          detail: `${error?.name}: ${error?.message}`,
          mend: 'DJANGO_SETTINGS_MODULE names them: in the environment, else in manage.py. Is the name right, and does the module stand there?',
        };
      }
      return undefined;
    },
  };
}

function noSettings({ shown }: PythonProject): Help {
  return {
    message: 'nothing says which settings this project has',
    mend: `${shown} sets them in startproject's form: os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\nOr set DJANGO_SETTINGS_MODULE where npx mizan runs.`,
  };
}

/** The settings module that a run uses: the environment's, else the one that `manage.py` sets. */
function settingsOf(manage: string): string | undefined {
  const given = process.env.DJANGO_SETTINGS_MODULE;
  if (given !== undefined && given !== '') return given;
  return settingsIn(readFileSync(manage, 'utf8'));
}

/** The settings module that a `manage.py` sets. */
export function settingsIn(text: string): string | undefined {
  return /["']DJANGO_SETTINGS_MODULE["']\s*[,\]]\s*=?\s*["']([\w.]+)["']/.exec(text)?.[1];
}

function isPartOf(missing: string, module: string): boolean {
  return missing === module || module.startsWith(`${missing}.`);
}
