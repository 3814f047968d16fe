import type { Exported } from './backends/backend.ts';
import { createModel, type Model } from './kernel/model.ts';
import type { Target } from './kernel/target.ts';
import { Mend } from './mend.ts';
import type { Project, ProjectTarget } from './project.ts';
import { targets } from './targets/table.ts';
import { HEADER } from './targets/typescript/module-file.ts';
import { type Comparison, compareFiles, type FileRules, writeFiles } from './write-files.ts';

/** What became of one target's folder. */
export interface TargetResult extends Comparison {
  target: ProjectTarget;
  /** Functions that are not in the client, and why. */
  leftOut: { name: string; why: string }[];
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
  const loaded = await Promise.all(
    project.targets.map((target) => (targets[target.name] as (typeof targets)[string])()),
  );
  refuseUnprintable(project, model, loaded);
  return project.targets.map((target, at) => {
    const files = (loaded[at] as Target).print(model, target.options);
    return {
      target,
      leftOut: model.leftOut,
      ...helpWith(target, 'read', () => compareFiles(target.folder, files, rules)),
    };
  });
}

/** Writes what `compareClients` found missing. Nothing else is touched. */
export function writeClients(results: readonly TargetResult[]): void {
  for (const result of results) {
    helpWith(result.target, 'written to', () => writeFiles(result.target.folder, result));
  }
}

function helpWith<T>(target: ProjectTarget, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Mend(`this folder cannot be ${what}`, {
      where: target.shown,
      detail: error instanceof Error ? error.message : String(error),
      mend: 'Is it a folder, and yours? Name another one under generate in mizan.config.ts.',
      cause: error,
    });
  }
}

/** Throws one `Mend` with everything in the contract that some target has no words for. */
function refuseUnprintable(project: Project, model: Model, loaded: readonly Target[]): void {
  const findings = loaded.flatMap((target) => target.check?.(model) ?? []);
  if (findings.length === 0) return;
  const where = project.targets.map((target) => target.shown).join(', ');
  throw new Mend('these clients cannot be generated', { where, detail: [...new Set(findings)].join('\n') });
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
