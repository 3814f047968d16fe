import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { BackendKind, BackendOptions, BackendPlace, Exported } from './backends/backend.ts';
import { backends } from './backends/table.ts';
import type { Config, TargetConfig } from './config/config.ts';
import { type LoadedConfig, loadConfig } from './config/load-config.ts';
import type { TargetOptions } from './kernel/target.ts';
import { Mend } from './mend.ts';

/** Flags that replace what the configuration says. */
export interface ProjectFlags {
  /** Folder to look in; default: the current one. */
  cwd?: string | undefined;
  /** A configuration file. */
  config?: string | undefined;
  /** A contract file to take instead of the backend. */
  file?: string | undefined;
  /** Folders by target, instead of all that are configured. */
  targets?: Readonly<Record<string, string>> | undefined;
}

/** A generated client of a project. */
export interface ProjectTarget {
  name: string;
  /** Absolute. */
  folder: string;
  /** As people know it: relative to the project, with `/`. */
  shown: string;
  options: TargetOptions;
}

/** A project: flags over file over defaults, with all paths resolved. */
export interface Project {
  root: string;
  backend: { kind: string; value: string; options: BackendOptions };
  targets: ProjectTarget[];
  /** Folder of released contracts, absolute. */
  contracts: string | undefined;
  config: Config | undefined;
  /** The configuration file, absolute. */
  configPath: string | undefined;
}

/** Finds the project; throws a `Mend` when there is neither a configuration nor enough flags. */
export async function openProject(flags: ProjectFlags): Promise<Project> {
  const cwd = resolve(flags.cwd ?? '.');
  const given = flags.file !== undefined && flags.targets !== undefined;
  const loaded = given && flags.config === undefined ? undefined : await loadConfig(cwd, flags.config);
  if (!loaded && flags.file === undefined) {
    throw new Mend('there is no mizan.config.ts here or in a folder above', {
      mend: 'Write one with: npx mizan init\nOr name a contract: npx mizan generate contract.kdl --typescript src/mizan',
    });
  }
  const root = loaded?.root ?? cwd;
  const contracts = loaded?.config.contracts;
  return {
    root,
    backend: backendOf(loaded, flags, cwd, root),
    targets: targetsOf(loaded, flags, cwd, root),
    contracts: contracts === undefined ? undefined : resolve(root, contracts),
    config: loaded?.config,
    configPath: loaded?.path,
  };
}

/** Asks the project's backend for its contract. */
export async function loadContract(project: Project, signal: AbortSignal): Promise<Exported> {
  return (await loadBackend(project)).load(placeOf(project), signal);
}

/** The kind of the project's backend. */
export async function loadBackend(project: Project): Promise<BackendKind> {
  return (backends[project.backend.kind] as (typeof backends)[string])();
}

/** Where the project's backend is. */
export function placeOf({ backend, root }: Project): BackendPlace {
  return { value: backend.value, root, options: backend.options };
}

/** A path as people know it: relative to the project, with `/` on every system. */
export function showPath(root: string, path: string): string {
  const shown = relative(root, path);
  if (shown === '') return '.';
  return isAbsolute(shown) ? shown : shown.split(sep).join('/');
}

function backendOf(
  loaded: LoadedConfig | undefined,
  flags: ProjectFlags,
  cwd: string,
  root: string,
): Project['backend'] {
  if (flags.file !== undefined) {
    return { kind: 'file', value: showPath(root, resolve(cwd, flags.file)), options: {} };
  }
  const configured: Record<string, string> = { ...(loaded as LoadedConfig).config.backend };
  const kind = Object.keys(configured).find((key) => key in backends) as string;
  const { [kind]: value, ...options } = configured;
  return { kind, value: value as string, options };
}

function targetsOf(
  loaded: LoadedConfig | undefined,
  flags: ProjectFlags,
  cwd: string,
  root: string,
): ProjectTarget[] {
  const configured = loaded?.config.generate ?? {};
  if (!flags.targets) {
    return Object.entries(configured).map(([name, target]) => configuredTarget(name, target, root));
  }
  return Object.entries(flags.targets).map(([name, folder]) => {
    const target = configured[name as keyof typeof configured];
    const options = target === undefined || typeof target === 'string' ? {} : target;
    return {
      ...configuredTarget(name, { ...options, path: folder }, cwd),
      shown: showPath(root, resolve(cwd, folder)),
    };
  });
}

function configuredTarget(name: string, target: TargetConfig, root: string): ProjectTarget {
  const { path, ...options } = typeof target === 'string' ? { path: target } : target;
  const folder = resolve(root, path);
  return { name, folder, shown: showPath(root, folder), options };
}
