import { existsSync } from 'node:fs';
import { delimiter, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Mend } from '../../mend.ts';

/** How Python is started for a project. */
export interface Interpreter {
  /** The program and its first arguments. */
  command: readonly [string, ...string[]];
  /** As people type it: `.venv/bin/python`, `uv run python`. */
  shown: string;
  /** Why this one: `python in mizan.config.ts`, `.venv`. */
  why: string;
}

/** Where an interpreter is looked for. */
export interface Surroundings {
  /** Absolute: the folder that the configuration's paths are relative to. */
  root: string;
  /** Absolute: the folder that Python runs in. */
  cwd: string;
  /** What the configuration names. */
  python?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
}

/** Tools that know a project's environment, by the file that shows that a project uses them. */
const TOOLS = [
  { lock: 'uv.lock', program: 'uv' },
  { lock: 'poetry.lock', program: 'poetry' },
  { lock: 'Pipfile', program: 'pipenv' },
] as const;

/**
 * The interpreter of a project: what is configured, else `$MIZAN_PYTHON`, else the active environment, else one beside
 * the project or above it, else that of uv, poetry or pipenv, else the one on the path.
 */
export function findInterpreter(at: Surroundings): Interpreter {
  const found = named(at) ?? active(at) ?? beside(at) ?? ofTool(at) ?? onPath(at);
  if (found) return found;
  throw new Mend('there is no Python here', {
    detail:
      'Looked for python in mizan.config.ts, $MIZAN_PYTHON, $VIRTUAL_ENV, .venv and venv beside the project, uv, poetry, ' +
      'pipenv, and python3 on the path.',
    mend: "Install Python 3.11 or newer, or name it: backend: { …, python: '.venv/bin/python' }",
  });
}

function named(at: Surroundings): Interpreter | undefined {
  const all = [
    [at.python, 'python in mizan.config.ts'],
    [at.env.MIZAN_PYTHON, '$MIZAN_PYTHON'],
  ] as const;
  for (const [value, why] of all) {
    if (value === undefined || value === '') continue;
    const isPath = /[\\/]/.test(value);
    const program = isPath ? resolve(at.root, value) : findProgram(value, at);
    if (program !== undefined && existsSync(program)) return { command: [program], shown: value, why };
    throw new Mend('there is no such Python', {
      where: value,
      mend:
        why === '$MIZAN_PYTHON'
          ? '$MIZAN_PYTHON names it; let it name another one, or unset it.'
          : 'It stands as python beside the backend in mizan.config.ts, relative to that file. Make it (python3 -m venv .venv), or name another one.',
    });
  }
  return undefined;
}

function active(at: Surroundings): Interpreter | undefined {
  const folder = at.env.VIRTUAL_ENV;
  const program = folder ? environmentPython(folder, at.platform) : undefined;
  return program === undefined
    ? undefined
    : { command: [program], shown: show(program, at), why: '$VIRTUAL_ENV' };
}

function beside(at: Surroundings): Interpreter | undefined {
  for (const folder of ancestors(at)) {
    for (const name of ['.venv', 'venv']) {
      const program = environmentPython(join(folder, name), at.platform);
      if (program !== undefined) return { command: [program], shown: show(program, at), why: name };
    }
  }
  return undefined;
}

function ofTool(at: Surroundings): Interpreter | undefined {
  for (const folder of ancestors(at)) {
    for (const { lock, program } of TOOLS) {
      if (!existsSync(join(folder, lock))) continue;
      const path = findProgram(program, at);
      if (path !== undefined) {
        return { command: [path, 'run', 'python'], shown: `${program} run python`, why: lock };
      }
    }
  }
  return undefined;
}

function onPath(at: Surroundings): Interpreter | undefined {
  const candidates =
    at.platform === 'win32'
      ? ([['py', '-3'], ['python'], ['python3']] as const)
      : ([['python3'], ['python']] as const);
  for (const [name, ...args] of candidates) {
    const path = findProgram(name, at);
    if (path !== undefined) {
      return { command: [path, ...args], shown: [name, ...args].join(' '), why: 'the path' };
    }
  }
  return undefined;
}

/** The interpreter of a virtual environment. */
function environmentPython(folder: string, platform: NodeJS.Platform): string | undefined {
  const names = platform === 'win32' ? ['Scripts/python.exe'] : ['bin/python', 'bin/python3'];
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Where a program on the path is. */
function findProgram(name: string, { env, platform }: Surroundings): string | undefined {
  const path = env.PATH ?? env.Path ?? '';
  const endings =
    platform === 'win32' && extname(name) === ''
      ? (env.PATHEXT ?? '.EXE;.CMD;.BAT').toLowerCase().split(';')
      : [''];
  for (const folder of path.split(platform === 'win32' ? ';' : delimiter)) {
    if (folder === '') continue;
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

/** The folders that Python runs in and the configuration stands in, and those above, up to the repository's own. */
function ancestors({ cwd, root }: Surroundings): string[] {
  const all = new Set<string>();
  for (const start of [cwd, root]) {
    for (let folder = start; ; folder = dirname(folder)) {
      all.add(folder);
      if (existsSync(join(folder, '.git')) || folder === dirname(folder)) break;
    }
  }
  return [...all];
}

/** A path as one would type it in the project. */
function show(path: string, { root }: Surroundings): string {
  const shown = relative(root, path);
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown.split(sep).join('/');
}

/** How to install Mizan where an interpreter looks. */
export function installLine({ command, shown, why }: Interpreter, extra: string): string {
  const wanted = `"mizan[${extra}]"`;
  const tool = /^(uv|poetry|pipenv) run /.exec(shown)?.[1];
  if (tool !== undefined && command.length > 1) {
    return tool === 'pipenv' ? `pipenv install ${wanted}` : `${tool} add ${wanted}`;
  }
  // Many systems refuse to install into their own Python.
  const own = why === 'the path' ? `${shown} -m venv .venv && ${inEnvironment()}` : shown;
  return `${own} -m pip install ${wanted}`;
}

function inEnvironment(): string {
  return process.platform === 'win32' ? '.venv\\Scripts\\python' : '.venv/bin/python';
}
