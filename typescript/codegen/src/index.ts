/** The Mizan command line as a library: types of the configuration, and generating without a process of its own. */
export type { BackendOptions, Exported } from './backends/backend.ts';
export {
  type BackendConfig,
  type Config,
  defineConfig,
  type PythonConfig,
  type TargetConfig,
} from './config/config.ts';
export type { Following, FollowListener } from './follow.ts';
export type { TargetResult } from './generate.ts';
export type { OutputFile, TargetOptions } from './kernel/target.ts';
export { formatError, Mend } from './mend.ts';
export type { Project, ProjectFlags, ProjectTarget } from './project.ts';

import type { Following, FollowListener } from './follow.ts';
import type { TargetResult } from './generate.ts';
import type { Project, ProjectFlags } from './project.ts';

/** Finds a project by its configuration. Throws a `Mend` when there is none, or it cannot be read. */
export async function openProject(flags: ProjectFlags = {}): Promise<Project> {
  const { openProject: open } = await import('./project.ts');
  return open(flags);
}

/** Asks the backend for its contract and brings the generated clients to it. */
export async function generate(
  project: Project,
  signal = new AbortController().signal,
): Promise<TargetResult[]> {
  const [{ loadContract }, { compareClients, writeClients }] = await Promise.all([
    import('./project.ts'),
    import('./generate.ts'),
  ]);
  const results = await compareClients(project, await loadContract(project, signal));
  writeClients(results);
  return results;
}

/** Generates now and with every change of the backend, until closed. */
export async function follow(project: Project, listener: FollowListener): Promise<Following> {
  const { followProject } = await import('./follow.ts');
  return followProject(project, listener);
}
