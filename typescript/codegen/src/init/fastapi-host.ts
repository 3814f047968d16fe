import { join, posix } from 'node:path';
import { settingsIn } from '../backends/python/django.ts';
import type { HostKind, InitPlan } from './change.ts';
import { addFromImport, addImportLine } from './python-imports.ts';
import {
  completePlan,
  environmentOf,
  pythonFiles,
  readSource,
  servesOtherwise,
  under,
} from './python-project.ts';
import { closingBracket, readPython } from './python-source.ts';
import { exampleClients } from './python-templates.ts';

/** Where an application is made. */
interface Application {
  path: string;
  /** With line ends of one character. */
  text: string;
  /** Whether its lines end as on Windows. */
  carriage: boolean;
  /** The variable; `undefined` when it is not made once at the top level. */
  variable: string | undefined;
  /** What uvicorn is told after the colon: the variable, or the function that makes the application. */
  attribute: string;
  /** The module as uvicorn names it. */
  module: string;
  /** The folder that uvicorn runs in, relative with `/`; empty for the project's own. */
  cwd: string;
}

/** Files in which an application is usually made; the others come after them. */
const USUAL = [
  /^main\.py$/,
  /^app\/main\.py$/,
  /^src\/[^/]+\/main\.py$/,
  /(^|\/)main\.py$/,
  /(^|\/)app\.py$/,
];

/** What shows that Python runs in a folder. */
const PROJECT = ['pyproject.toml', 'requirements.txt', 'setup.py', 'uv.lock', 'Pipfile'];

/** FastAPI projects: a module that makes an application. */
export const fastapiHost: HostKind = {
  async plan(root) {
    if (await servesOtherwise(root, 'fastapi')) return undefined;
    const files = await pythonFiles(root, 5);
    const app = await findApplication(root, files);
    if (!app) return undefined;
    const { install, version } = await environmentOf(root, join(root, app.cwd), 'fastapi');
    const plan: InitPlan = {
      found: [`FastAPI${version === undefined ? '' : ` ${version}`} (${app.path})`],
      changes: [],
      config: undefined,
      byHand: [],
      install: false,
      installIn: '',
      next: [...(install === undefined ? [] : [install]), 'npx mizan generate'],
    };
    if (!(await isMounted(root, files))) addRouter(plan, app, files);
    const value = `${app.module}:${app.attribute}`;
    return completePlan(root, plan, { fastapi: value, ...(app.cwd !== '' && { cwd: app.cwd }) });
  },
};

async function findApplication(root: string, files: readonly string[]): Promise<Application | undefined> {
  const place = (path: string) => USUAL.findIndex((usual) => usual.test(path)) >>> 0;
  const likely = files
    .filter((path) => !/(^|\/)(tests?\/|test_[^/]*\.py$|conftest\.py$)/.test(path))
    .sort((a, b) => place(a) - place(b));
  for (const path of likely) {
    const read = (await readSource(root, path)) ?? '';
    const text = read.replaceAll('\r\n', '\n');
    const { code } = readPython(text);
    if (!/\bFastAPI\(/.test(code) || settingsIn(text) !== undefined) continue;
    const made = [...code.matchAll(MADE)];
    const variable = made.length === 1 ? made[0]?.[1] : undefined;
    return {
      path,
      text,
      carriage: read !== text,
      variable,
      attribute: variable ?? attributeOf(code),
      ...(await moduleOf(root, path, files)),
    };
  }
  return undefined;
}

const MADE = /^(\w+)[ \t]*(?::[ \t]*[\w.]+[ \t]*)?=[ \t]*(?:fastapi\.)?FastAPI\(/gm;

/** The variable that a function's result is kept in, else that function's call. */
function attributeOf(code: string): string {
  const inside = code.slice(0, /^[ \t]+.*\bFastAPI\(/m.exec(code)?.index ?? 0);
  const factory = [...inside.matchAll(/^def[ \t]+(\w+)/gm)].at(-1)?.[1];
  if (factory === undefined) return 'app';
  return new RegExp(`^(\\w+)[ \\t]*=[ \\t]*${factory}\\(`, 'm').exec(code)?.[1] ?? `${factory}()`;
}

/** The module's name, and the folder from which Python finds it under that name. */
async function moduleOf(
  root: string,
  path: string,
  files: readonly string[],
): Promise<{ module: string; cwd: string }> {
  const folders = posix.dirname(path) === '.' ? [] : posix.dirname(path).split('/');
  let depth = folders.length;
  const at = (count: number) => folders.slice(0, count).join('/');
  if (files.includes(under(at(depth), '__init__.py'))) {
    while (depth > 0 && files.includes(under(at(depth), '__init__.py'))) depth--;
  } else {
    while (depth > 0 && !(await hasProject(root, at(depth)))) depth--;
    // In a layout with src/, that is where packages begin.
    if (folders[depth] === 'src') depth++;
  }
  const module = [...folders.slice(depth), posix.basename(path, '.py')].join('.');
  return { module, cwd: at(depth) };
}

async function hasProject(root: string, folder: string): Promise<boolean> {
  const texts = await Promise.all(PROJECT.map((name) => readSource(root, under(folder, name))));
  return texts.some((text) => text !== undefined);
}

async function isMounted(root: string, files: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(files.map((path) => readSource(root, path)));
  return texts.some((text) => text !== undefined && /^\s*(from|import)\s+mizan\.fastapi\b/m.test(text));
}

/** The module with functions beside the application, and the lines that mount it. */
function addRouter(plan: InitPlan, app: Application, files: readonly string[]): void {
  const { code } = readPython(app.text);
  const folder = posix.dirname(app.path) === '.' ? '' : posix.dirname(app.path);
  const isTaken = (name: string) =>
    new RegExp(`(?<![.\\w])${name}\\b`).test(code) ||
    files.some((path) => path === under(folder, `${name}.py`) || path.startsWith(`${under(folder, name)}/`));
  const clients = ['clients', 'mizan_clients'].find((name) => !isTaken(name));
  const router = /(?<![.\w])router\b/.test(code) ? 'mizan_router' : 'router';
  const names = app.module.split('.').slice(0, -1).join('.');
  const from = /^from[ \t]+\.[ \t\w]/m.test(code) ? '.' : names;
  const importClients = from === '' ? `import ${clients}` : `from ${from} import ${clients}`;
  const importRouter = `from mizan.fastapi import router${router === 'router' ? '' : ` as ${router}`}`;
  const line = `include_router(${router}(${clients}), prefix="/api/mizan")`;
  const end = clients === undefined ? undefined : endOfMaking(app, code);
  if (end === undefined) {
    plan.byHand.push(
      `${app.path}: from mizan.fastapi import router, and app.include_router(router(clients), prefix="/api/mizan") with your modules of functions`,
    );
    return;
  }
  const mounted = `${app.text.slice(0, end)}\n${app.variable}.${line}${app.text.slice(end)}`;
  const withRouter = addImportLine(mounted, importRouter);
  const text =
    from === ''
      ? addImportLine(withRouter, importClients)
      : addFromImport(withRouter, from, [clients as string]);
  plan.changes.push({
    path: under(folder, `${clients}.py`),
    what: 'one example query and mutation',
    text: exampleClients(),
  });
  plan.changes.push({
    path: app.path,
    what: `${app.variable}.${line}`,
    text: app.carriage ? text.replaceAll('\n', '\r\n') : text,
  });
}

/** Where the line ends that closes `app = FastAPI(…)`. */
function endOfMaking({ text, variable }: Application, code: string): number | undefined {
  if (variable === undefined) return undefined;
  const made = new RegExp(MADE.source, 'm').exec(code) as RegExpExecArray;
  const close = closingBracket(code, made.index + made[0].length - 1);
  if (close === undefined) return undefined;
  const end = text.indexOf('\n', close);
  const rest = code.slice(close + 1, end === -1 ? undefined : end).trim();
  return rest === '' ? (end === -1 ? text.length : end) : undefined;
}
