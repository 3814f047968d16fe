import { join, posix } from 'node:path';
import { settingsIn } from '../backends/python/django.ts';
import type { Change, HostKind, InitPlan } from './change.ts';
import { addFromImport } from './python-imports.ts';
import {
  completePlan,
  environmentOf,
  pythonFiles,
  readSource,
  servesOtherwise,
  under,
} from './python-project.ts';
import {
  addToList,
  findList,
  type PythonList,
  type PythonSource,
  quoteOf,
  readPython,
} from './python-source.ts';
import { exampleClients } from './python-templates.ts';

/** A module of the project. */
interface Module {
  path: string;
  /** With line ends of one character. */
  source: PythonSource;
  /** Whether its lines end as on Windows. */
  carriage: boolean;
}

/** The list that applications are added to, and all that are in it and in others beside it. */
interface InstalledApps {
  module: Module;
  list: PythonList;
  all: string[];
}

/** Django projects: a `manage.py` that names its settings. */
export const djangoHost: HostKind = {
  async plan(root) {
    if (await servesOtherwise(root, 'django')) return undefined;
    const manage = await findManage(root);
    if (!manage) return undefined;
    const folder = posix.dirname(manage.path) === '.' ? '' : posix.dirname(manage.path);
    const { install, version } = await environmentOf(root, join(root, folder), 'django');
    const plan: InitPlan = {
      found: [`Django${version === undefined ? '' : ` ${version}`} (${manage.path})`],
      changes: [],
      config: undefined,
      byHand: [],
      install: false,
      installIn: '',
      next: [...(install === undefined ? [] : [install]), 'npx mizan generate'],
    };
    const settings = manage.settings === undefined ? [] : await readSettings(root, folder, manage.settings);
    const apps = findInstalledApps(settings);
    const clients = await planClients(root, folder, plan, apps);
    addApps(plan, apps, settings[0]?.path, clients.made);
    await addUrls(root, folder, plan, settings);
    plan.changes.push(...clients.changes);
    return completePlan(root, plan, { django: manage.path });
  },
};

async function findManage(root: string): Promise<{ path: string; settings: string | undefined } | undefined> {
  const all = (await pythonFiles(root, 3)).filter((path) => posix.basename(path) === 'manage.py');
  for (const path of all) {
    const text = (await readSource(root, path)) ?? '';
    if (/\bdjango\b/i.test(text)) return { path, settings: settingsIn(text) };
  }
  return undefined;
}

/** The settings module, and those of the project that it takes everything from. */
async function readSettings(root: string, folder: string, name: string): Promise<Module[]> {
  const found: Module[] = [];
  const queue = [name];
  for (let at = 0; at < queue.length && at < 10; at++) {
    const module = queue[at] as string;
    const file = await readModule(root, folder, module);
    if (!file) continue;
    found.push(file);
    const isPackage = file.path.endsWith('/__init__.py');
    for (const [, dots = '', rest = ''] of file.source.code.matchAll(
      /^from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\*/gm,
    )) {
      const parts = module.split('.');
      const base = dots === '' ? [] : parts.slice(0, parts.length - dots.length + (isPackage ? 1 : 0));
      const next = [...base, ...(rest === '' ? [] : [rest])].join('.');
      if (!queue.includes(next)) queue.push(next);
    }
  }
  return found;
}

async function readModule(root: string, folder: string, name: string): Promise<Module | undefined> {
  const base = under(folder, name.replaceAll('.', '/'));
  for (const path of [`${base}.py`, `${base}/__init__.py`]) {
    const text = await readSource(root, path);
    if (text === undefined) continue;
    return { path, source: readPython(text.replaceAll('\r\n', '\n')), carriage: text.includes('\r\n') };
  }
  return undefined;
}

/** `INSTALLED_APPS = […]`, or the sum of lists of the same module: then the one for other people's applications. */
function findInstalledApps(settings: readonly Module[]): InstalledApps | undefined {
  const module = settings.find(({ source }) =>
    /^INSTALLED_APPS\b[^=\n]*=(?!=)/m.test(source.code.replace(/\+=/g, '  ')),
  );
  if (!module) return undefined;
  const { source } = module;
  const list = findList(source, 'INSTALLED_APPS');
  if (list) return { module, list, all: list.strings };
  const sum = [...source.code.matchAll(/^INSTALLED_APPS[ \t]*=[ \t]*((?:\w+[ \t]*\+[ \t]*)*\w+)[ \t]*$/gm)];
  const names = sum.length === 1 ? sum.flatMap((one) => (one[1] as string).split(/\s*\+\s*/)) : [];
  const lists = names.flatMap((name) => {
    const found = findList(source, name);
    return found ? [{ name, list: found }] : [];
  });
  const chosen = lists.find(({ name }) => /THIRD/i.test(name)) ?? lists.at(-1);
  return chosen && { module, list: chosen.list, all: lists.flatMap((one) => one.list.strings) };
}

/** The example in the first application of the project, else in one that is made for it. */
async function planClients(
  root: string,
  folder: string,
  plan: InitPlan,
  apps: InstalledApps | undefined,
): Promise<{ changes: Change[]; made?: string }> {
  const files = await pythonFiles(root, 5);
  const own = (apps?.all ?? [])
    .map((app) => under(folder, app.replace(/\.apps\.\w+$/, '').replaceAll('.', '/')))
    .filter((path) => files.some((file) => posix.dirname(file) === path));
  const clients = own
    .flatMap((path) => [`${path}/clients.py`, `${path}/clients/__init__.py`])
    .filter((path) => files.includes(path));
  for (const path of clients) {
    if (/^\s*(from|import)\s+mizan\b/m.test((await readSource(root, path)) ?? '')) return { changes: [] };
  }
  const free = own.find((path) => !clients.some((file) => file.startsWith(`${path}/clients`)));
  const example = (path: string): Change => ({
    path: `${path}/clients.py`,
    what: 'one example query and mutation',
    text: exampleClients(),
  });
  if (free !== undefined) return { changes: [example(free)] };
  const path = under(folder, MADE);
  if (!apps || files.some((file) => file.startsWith(`${path}/`) || file === `${path}.py`)) {
    plan.byHand.push('clients.py in one of your applications: functions with @client');
    return { changes: [] };
  }
  const init = { path: `${path}/__init__.py`, what: 'an application for the example', text: '' };
  return { changes: [init, example(path)], made: MADE };
}

/** The application for the example in a project that has none of its own. */
const MADE = 'greetings';

function addApps(
  plan: InitPlan,
  apps: InstalledApps | undefined,
  settings: string | undefined,
  made: string | undefined,
): void {
  const wanted = ['mizan.django', ...(made === undefined ? [] : [made])];
  const where = apps?.module.path ?? settings ?? 'your settings';
  const missing = wanted.filter(
    (app) => !apps?.all.some((one) => one === app || one.startsWith(`${app}.apps.`)),
  );
  const what = `${missing.map((app) => `"${app}"`).join(' and ')} in INSTALLED_APPS`;
  if (missing.length === 0) return;
  if (!apps) {
    plan.byHand.push(`${where}: ${what}`);
    return;
  }
  const text = missing.reduce((before, app) => {
    const source = readPython(before);
    const list = { ...apps.list, close: apps.list.close + before.length - apps.module.source.text.length };
    const quote = quoteOf(source.code.slice(list.open, list.close));
    return addToList(source, list, `${quote}${app}${quote}`, 'last');
  }, apps.module.source.text);
  plan.changes.push(changeOf(apps.module, what, text));
}

async function addUrls(
  root: string,
  folder: string,
  plan: InitPlan,
  settings: readonly Module[],
): Promise<void> {
  const name = settings
    .map(({ source }) => /^ROOT_URLCONF\s*=\s*["']([\w.]+)["']/m.exec(source.bare)?.[1])
    .find((found) => found !== undefined);
  const module = name === undefined ? undefined : await readModule(root, folder, name);
  const line = 'path("api/mizan/", include("mizan.django.urls"))';
  if (module && /\bmizan\.django\.urls\b/.test(module.source.bare)) return;
  const list = module && findList(module.source, 'urlpatterns');
  if (!module || !list) {
    const where = module?.path ?? 'your urls.py';
    plan.byHand.push(`${where}: from django.urls import include, path, and ${line} in urlpatterns`);
    return;
  }
  const inside = module.source.code.slice(list.open, list.close);
  const item = line.replaceAll('"', quoteOf(inside));
  // First, because a pattern that takes everything often comes last.
  const edited = addFromImport(addToList(module.source, list, item, 'first'), 'django.urls', [
    'include',
    'path',
  ]);
  plan.changes.push(changeOf(module, 'path("api/mizan/", include(…))', edited));
}

function changeOf({ carriage, path }: Module, what: string, text: string): Change {
  return { path, what, text: carriage ? text.replaceAll('\n', '\r\n') : text };
}
