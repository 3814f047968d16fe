import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InitPlan } from './change.ts';
import { addVitePlugin } from './edit-source.ts';
import type { Frontend } from './find-frontend.ts';
import { addDependencies, type PackageFile, readPackage } from './package-json.ts';

/** Puts `mizan()` into a Vite configuration, or says how. */
export function addPlugin(plan: InitPlan, { path, text }: { path: string; text: string }): void {
  if (text.includes('vite-plugin-mizan')) return;
  const edited = addVitePlugin(text);
  if (edited === undefined) {
    plan.byHand.push(`${path}: import { mizan } from 'vite-plugin-mizan', and mizan() in plugins`);
  } else plan.changes.push({ path, what: 'mizan() in plugins', text: edited });
}

/** Adds what the project's packages lack: the command line and `runtime` to its own, the rest where the frontend is. */
export async function addPackages(
  root: string,
  plan: InitPlan,
  file: PackageFile | undefined,
  frontend: Frontend | undefined,
  runtime: readonly string[],
): Promise<void> {
  const binding = frontend?.react ? '@mizan/react' : '@mizan/client';
  const plugin = frontend?.viteConfig ? ['vite-plugin-mizan'] : [];
  const apart = frontend !== undefined && frontend.packageFolder !== '';
  if (file) {
    const dependencies = [...runtime, ...(apart ? [] : [binding])];
    const devDependencies = ['mizan', ...(apart ? [] : plugin)];
    add('package.json', addDependencies(file, { dependencies, devDependencies }));
  }
  if (!apart) return;
  const nested = await readPackage(join(root, frontend.packageFolder));
  if (!nested) return;
  const devDependencies = [...(file ? [] : ['mizan']), ...plugin];
  if (!file) plan.installIn = frontend.packageFolder;
  add(
    `${frontend.packageFolder}/package.json`,
    addDependencies(nested, { dependencies: [binding], devDependencies }),
  );

  function add(path: string, edited: { text: string; added: string[] } | undefined): void {
    if (!edited) return;
    plan.changes.push({ path, what: edited.added.join(', '), text: edited.text });
    plan.install = true;
  }
}

/** The name of the configuration that is there already. */
export async function findConfigFile(root: string): Promise<string | undefined> {
  return (await readdir(root)).find((name) => /^mizan\.config\.m?[jt]s$/.test(name));
}
