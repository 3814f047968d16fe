import { readdir, readFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { Change, HostKind, InitPlan } from './change.ts';
import { addMount } from './edit-source.ts';
import { findFrontend } from './find-frontend.ts';
import { findServer, type Server } from './find-server.ts';
import { type PackageFile, printLike, readPackage, versionOf } from './package-json.ts';
import { addPackages, addPlugin, findConfigFile } from './plan-frontend.ts';
import {
  configFile,
  exampleFunctions,
  newProject,
  newScripts,
  nextRoute,
  serverModule,
} from './templates.ts';

/** Projects in TypeScript: a server, a frontend, both, or an empty folder that is to become both. */
export const typescriptHost: HostKind = {
  async plan(root) {
    const file = await readPackage(root);
    if (await isEmpty(root, file)) return planNew(root, file);
    return file && planExisting(root, file);
  },
};

/** Nothing but what `npm init` and `git init` leave. */
async function isEmpty(root: string, file: PackageFile | undefined): Promise<boolean> {
  const names = (await readdir(root)).filter((name) => !name.startsWith('.'));
  const other = names.filter(
    (name) => !/^(package(-lock)?\.json|node_modules|README.*|LICENSE.*)$/i.test(name),
  );
  const own = ['mizan'];
  const { dependencies = {}, devDependencies = {} } = file?.value ?? {};
  return (
    other.length === 0 &&
    Object.keys({ ...dependencies, ...devDependencies }).every((name) => own.includes(name))
  );
}

function planNew(root: string, file: PackageFile | undefined): InitPlan {
  const name =
    file?.value.name ??
    basename(root)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-');
  const value = {
    ...(file?.value ?? { name, version: '0.1.0', private: true }),
    type: 'module',
    scripts: newScripts,
    dependencies: versions(['@mizan/client', '@mizan/react', '@mizan/server', 'react', 'react-dom', 'zod']),
    devDependencies: versions([
      '@types/node',
      '@types/react',
      '@types/react-dom',
      '@vitejs/plugin-react',
      'mizan',
      'tsx',
      'typescript',
      'vite',
      'vite-plugin-mizan',
    ]),
  };
  const what: Record<string, string> = {
    'server/greeting.ts': 'one example context, query and mutation',
    'server/mizan.ts': 'the server: your functions go here',
    'server/main.ts': 'starts it in production',
    'web/src/app.tsx': 'a page with a hook and a mutation',
    'web/vite.config.ts': 'mizan() in plugins',
  };
  const files = Object.entries(newProject(name)).map(([path, text]) => ({
    path,
    text,
    what: what[path] ?? '',
  }));
  const packageJson = {
    path: 'package.json',
    what: 'packages and scripts',
    text: printLike(file?.text ?? '\n', value),
  };
  return {
    found: ['an empty folder: a TypeScript server and React with Vite'],
    changes: [packageJson, ...files],
    config: config({ backend: { typescript: 'server/mizan.ts' }, target: 'react', folder: 'web/src/mizan' }),
    byHand: [],
    install: true,
    installIn: '',
    next: ['npm run dev'],
  };
}

async function planExisting(root: string, file: PackageFile): Promise<InitPlan> {
  const server = await findServer(root, file.value);
  const frontend = await findFrontend(root);
  const extension = await importExtension(root);
  const plan: InitPlan = {
    found: [server.title, ...(frontend ? [frontend.title] : [])],
    changes: [],
    config: undefined,
    byHand: [],
    install: false,
    installIn: '',
    next: ['npx mizan generate'],
  };
  const module = server.mizan ?? `${server.folder === '' ? '' : `${server.folder}/`}mizan.ts`;
  if (!server.mizan) addServer(plan, server, module, extension);
  if (!server.mizan) mount(plan, server, module, extension);
  if (frontend?.viteConfig) addPlugin(plan, frontend.viteConfig);
  await addPackages(root, plan, file, frontend, ['@mizan/server', 'zod']);
  if (!(await findConfigFile(root))) {
    plan.config = config({
      backend: { typescript: module },
      target: frontend?.react ? 'react' : 'typescript',
      folder: frontend?.client ?? 'client/mizan',
      ...(frontend?.viteConfig && server.port !== undefined && { server: `http://localhost:${server.port}` }),
    });
  }
  return plan;
}

function addServer(plan: InitPlan, server: Server, module: string, extension: string): void {
  const folder = posix.dirname(module);
  plan.changes.push({
    path: posix.join(folder, 'greeting.ts'),
    what: 'one example context, query and mutation',
    text: exampleFunctions(),
  });
  const bundled = server.nextApp === undefined ? extension : '';
  plan.changes.push({
    path: module,
    what: 'the server: your functions go here',
    text: serverModule(bundled),
  });
}

function mount(plan: InitPlan, server: Server, module: string, extension: string): void {
  if (server.nextApp !== undefined) {
    const folder = `${server.nextApp}/api/mizan/[...path]`;
    const specifier = specifierOf(folder, module, '');
    plan.changes.push({ path: `${folder}/route.ts`, what: 'answers for it', text: nextRoute(specifier) });
    return;
  }
  if (server.app) {
    const { mount: kind, path, text } = server.app;
    const specifier = specifierOf(posix.dirname(path), module, extension);
    const edited = addMount(text, kind, specifier);
    if (edited !== undefined) {
      plan.changes.push({ path, what: kind.line('app').replace(/;.*$/, ''), text: edited });
      return;
    }
    plan.byHand.push(`${path}: ${kind.line('app')}`);
    return;
  }
  plan.byHand.push(`Mount it where your server starts: createServer(mizan.node), or fetch: mizan.fetch`);
}

/** Imports between modules end in `.ts` where the project allows it, else in `.js`. */
async function importExtension(root: string): Promise<string> {
  const text = await readFile(join(root, 'tsconfig.json'), 'utf8').catch(() => '');
  return /"allowImportingTsExtensions"\s*:\s*true/.test(text) ? '.ts' : '.js';
}

function config(parts: Parameters<typeof configFile>[0]): Change {
  return { path: 'mizan.config.ts', what: '', text: configFile(parts) };
}

function specifierOf(folder: string, module: string, extension: string): string {
  const path = posix.relative(folder === '.' ? '' : folder, module).replace(/\.m?[jt]sx?$/, '');
  return `${path.startsWith('.') ? '' : './'}${path}${extension}`;
}

function versions(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}
