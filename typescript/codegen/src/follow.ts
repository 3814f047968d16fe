import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FSWatcher } from 'chokidar';
import type { Exported, WatchedTree } from './backends/backend.ts';
import { compareClients, type TargetResult, writeClients } from './generate.ts';
import { formatError, Mend } from './mend.ts';
import { loadBackend, loadContract, type Project, placeOf } from './project.ts';

/** How often a backend that has no files is asked again, in milliseconds. */
const POLL = 1000;

/** Editors save in several steps; changes this near to each other, in milliseconds, are one. */
const SETTLE = 10;

/** After a change the watcher is deaf to the next one of the same file for 50 ms. */
const DEAF = 60;

/** What following a project tells. */
export interface FollowListener {
  /** The clients have been brought to the contract; `before` is the contract until then. */
  onResult(
    results: TargetResult[],
    exported: Exported,
    before: Exported | undefined,
    took: number,
  ): void | Promise<void>;
  /** The contract cannot be had. The clients stay as they are; told once for each message. */
  onError(error: unknown): void;
}

/** A project that is being followed. */
export interface Following {
  /** Settles when the clients have been brought to the contract once, or that failed. */
  first: Promise<void>;
  close(): Promise<void>;
}

/** Generates now and with every change of the backend's files, one run at a time, until closed. */
export function followProject(project: Project, listener: FollowListener): Following {
  const controller = new AbortController();
  const { signal } = controller;
  let watcher: FSWatcher | undefined;
  let watched = new Set<string>();
  let tree: WatchedTree | undefined;
  let before: Exported | undefined;
  let said = '';
  let again = false;
  let clock = 0;
  /** Files that events named since the last run began, and what they were when it did. */
  const changed = new Set<string>();
  const stamps = new Map<string, string>();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    const started = performance.now();
    clock = Date.now();
    for (const file of changed) stamps.set(file, await stampOf(file));
    changed.clear();
    let files: readonly string[] = [];
    try {
      if (!tree) await watchTree();
      if (signal.aborted) return;
      const exported = await loadContract(project, signal);
      const results = await compareClients(project, exported, { followed: true });
      if (signal.aborted) return;
      writeClients(results);
      files = exported.files;
      said = '';
      await listener.onResult(results, exported, before, performance.now() - started);
      before = exported;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Mend) files = error.files;
      const text = formatError(error);
      if (text !== said) listener.onError(error);
      said = text;
    }
    await watch(files);
  };

  /** What is followed as a whole is watched before it is read for the first time, so that no change goes unseen. */
  const watchTree = async (): Promise<void> => {
    tree = (await loadBackend(project)).tree?.(placeOf(project));
    if (tree) await open([tree.folder]);
  };

  const open = async (paths: string[]): Promise<void> => {
    const { watch: start } = await import('chokidar');
    if (signal.aborted) return;
    const opened = start(paths, {
      ignoreInitial: true,
      atomic: 20,
      ignored: (path, stats) => tree?.ignores(path, stats?.isDirectory() ?? true) ?? false,
    });
    watcher = opened;
    opened.on('all', (event, file) => {
      if (event.endsWith('Dir')) return;
      changed.add(file);
      later(SETTLE);
      setTimeout(() => recheck(file), DEAF).unref();
    });
    await new Promise<void>((ready) => opened.once('ready', ready));
  };

  /** Files only come to be watched: a failing run may not have got as far as the ones it did not name. */
  const watch = async (files: readonly string[]): Promise<void> => {
    const added = files.map((file) => resolve(project.root, file)).filter((file) => !watched.has(file));
    if (added.length > 0) {
      watched = new Set([...watched, ...added]);
      if (watcher) watcher.add(added);
      else await open(added);
      // What was saved after it was read, and before it was watched, no event tells. Clocks of file systems are coarse.
      const times = await Promise.all(added.map((file) => stat(file).catch(() => undefined)));
      if (times.some((time) => time !== undefined && time.mtimeMs > clock - 5)) later(0);
    }
    if (watched.size === 0 && !tree) later(POLL);
  };

  /** Runs again when a file is not what it was when the last run began. */
  const recheck = async (file: string): Promise<void> => {
    if ((await stampOf(file)) === stamps.get(file)) return;
    changed.add(file);
    later(0);
  };

  const later = (delay: number): void => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(start, delay);
  };

  const start = (): void => {
    again = running !== undefined;
    if (again) return;
    running = run().finally(() => {
      running = undefined;
      if (again) later(0);
    });
  };

  start();
  return {
    first: running ?? Promise.resolve(),
    async close() {
      controller.abort();
      clearTimeout(timer);
      await running;
      await watcher?.close();
    },
  };
}

/** Tells two states of a file apart. */
async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`,
    () => '',
  );
}
