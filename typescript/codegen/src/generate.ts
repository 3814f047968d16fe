import type { Exported } from './backends/backend.ts';
import { createModel } from './kernel/model.ts';
import type { Project, ProjectTarget } from './project.ts';
import { targets } from './targets/table.ts';
import { HEADER } from './targets/typescript/module-file.ts';
import { type Comparison, compareFiles, type FileRules, writeFiles } from './write-files.ts';

/** What became of one target's folder. */
export interface TargetResult extends Comparison {
  target: ProjectTarget;
}

/** Prints all clients of a project and compares them with what is on disk, without writing. */
export async function compareClients(
  project: Project,
  exported: Exported,
  options: { followed?: boolean } = {},
): Promise<TargetResult[]> {
  const rules: FileRules = {
    mine: isGenerated,
    same: options.followed ? saysTheSame : (old, printed) => old === printed,
  };
  const model = createModel(exported.contract, exported.id, exported.sources);
  return Promise.all(
    project.targets.map(async (target) => {
      const { print } = await loadTarget(target.name);
      const files = print(model, target.options);
      return { target, ...(await compareFiles(target.folder, files, rules)) };
    }),
  );
}

/** Writes what `compareClients` found missing. Nothing else is touched. */
export async function writeClients(results: readonly TargetResult[]): Promise<void> {
  await Promise.all(results.map((result) => writeFiles(result.target.folder, result)));
}

async function loadTarget(name: string) {
  const target = await (targets[name] as (typeof targets)[string])();
  return { print: target.print.bind(target) };
}

function isGenerated(text: string): boolean {
  return text.startsWith(HEADER);
}

/**
 * Whether two texts differ in nothing but places in the source. While the server is edited its lines move with
 * every key stroke, and a client that is written again for that would reload the page for nothing.
 */
function saysTheSame(old: string, printed: string): boolean {
  return old === printed || old.replace(PLACES, '') === printed.replace(PLACES, '');
}

const PLACES = /@see \S+:\d+/g;
