import type { Exported } from '../backends/backend.ts';
import type { Call } from '../cli/command.ts';
import { runBeside } from '../cli/run-beside.ts';
import { compareClients, type TargetResult, writeClients } from '../generate.ts';
import { formatError, Mend } from '../mend.ts';
import { loadContract, openProject, type Project } from '../project.ts';
import { targets } from '../targets/table.ts';

/** `mizan generate`: brings the generated clients to the contract. */
export async function generateCommand(call: Call): Promise<number> {
  const project = await openProject({
    config: call.flags.config as string | undefined,
    file: call.args[0],
    targets: targetFlags(call),
  });
  if (project.targets.length === 0) {
    throw new Mend('nothing says where to write', {
      mend: "Add generate: { react: 'web/src/mizan' } to mizan.config.ts, or a flag: --react web/src/mizan",
    });
  }
  if (call.flags.watch && (call.flags.check || call.flags.json)) {
    throw new Mend(`--watch and --${call.flags.check ? 'check' : 'json'} do not go together`);
  }
  if (call.rest.length > 0 && !call.flags.watch) {
    throw new Mend('a command after -- runs beside --watch only', {
      mend: `npx mizan generate --watch -- ${call.rest.join(' ')}`,
    });
  }
  if (call.flags.watch) return watchCommand(call, project);
  const started = performance.now();
  const exported = await loadContract(project, call.signal);
  if (call.flags.check) {
    const { checkClients } = await import('./check-clients.ts');
    return checkClients(call, project, exported);
  }
  const results = await compareClients(project, exported);
  writeClients(results);
  if (project.contracts !== undefined) {
    const { updateReleased } = await import('../released.ts');
    await updateReleased(project, exported);
  }
  report(call, project, results, performance.now() - started);
  return 0;
}

/** Folders that flags name: `--react DIR`. */
export function targetFlags(call: Call): Record<string, string> | undefined {
  const given = Object.keys(targets).flatMap((name) => {
    const folder = call.flags[name];
    return typeof folder === 'string' ? [[name, folder] as const] : [];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function report(call: Call, _project: Project, results: readonly TargetResult[], took: number): void {
  if (call.flags.json) {
    const rows = results.map(({ leftOut, removed, target, unchanged, written }) => ({
      target: target.name,
      folder: target.shown,
      written,
      unchanged,
      removed,
      leftOut,
    }));
    call.output.data(`${JSON.stringify({ targets: rows })}\n`);
    return;
  }
  for (const result of results) call.output.note(`${summarize(result)}, ${Math.round(took)} ms`);
  for (const { name, why } of results[0]?.leftOut ?? []) {
    call.output.note(`${name} is left out: ${why}, which clients of this version cannot`);
  }
}

/** `web/src/mizan: 1 file written, 13 unchanged`. */
export function summarize({ removed, target, unchanged, written }: TargetResult): string {
  const parts = [`${count(written.length)} written`, `${unchanged.length} unchanged`];
  if (removed.length > 0) parts.push(`${removed.length} removed`);
  return `${target.shown}: ${parts.join(', ')}`;
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

async function watchCommand(call: Call, project: Project): Promise<number> {
  const { followProject } = await import('../follow.ts');
  const following = followProject(project, {
    onResult: async (results, exported, before, took) => {
      const changed = results.filter((result) => result.written.length + result.removed.length > 0);
      const why = before ? await describeChange(before, exported) : undefined;
      for (const result of before ? changed : results) {
        call.output.note(
          `${why === undefined ? '' : `${why} · `}${summarize(result)}, ${Math.round(took)} ms`,
        );
      }
    },
    onError: (error) => call.output.note(formatError(error, call.output.notePaint.red)),
  });
  try {
    await following.first;
    if (call.rest.length > 0) return await runBeside(call.rest, project.root, call.signal);
    await new Promise<void>((done) => {
      if (call.signal.aborted) done();
      else call.signal.addEventListener('abort', () => done(), { once: true });
    });
    return 0;
  } finally {
    await following.close();
  }
}

/** `users/clients.py:9  Profile.email added (compatible)`: the worst change, and how many more there are. */
async function describeChange(before: Exported, exported: Exported): Promise<string | undefined> {
  if (before.id === exported.id) return undefined;
  const { diffContracts } = await import('@mizan/ir');
  const { changes } = diffContracts(before.contract, exported.contract);
  const [first] = changes;
  if (!first) return undefined;
  const { functions = {}, types = {} } = exported.sources;
  const [owner = ''] = first.subject.split('.');
  const place = types[owner] ?? functions[owner] ?? functions[first.functions[0] ?? ''];
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : '';
  const where = place ? `${place.path}:${place.line}  ` : '';
  return `${where}${first.subject} ${first.detail} (${first.verdict})${more}`;
}
