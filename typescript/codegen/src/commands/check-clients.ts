import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exported } from '../backends/backend.ts';
import type { Call } from '../cli/command.ts';
import { type ClientChange, findClientChanges } from '../client-changes.ts';
import { UseFinder } from '../find-use.ts';
import { compareClients, type TargetResult } from '../generate.ts';
import { type Project, showPath } from '../project.ts';
import { SUMMARY, summarizeReleased } from '../released.ts';

/** Most changes that are named for each client. */
const MOST = 20;

/** `mizan generate --check`: 0 when all clients are what the contract asks for, 1 when not. Writes nothing. */
export async function checkClients(call: Call, project: Project, exported: Exported): Promise<number> {
  const results = await compareClients(project, exported, { followed: true });
  const rows = await Promise.all(
    results.map(async (result) => ({ result, ...(await describe(project, exported, result)) })),
  );
  const stale = rows.filter((row) => row.isStale);
  const summary = await staleSummary(project, exported);
  if (call.flags.json) {
    const targets = rows.map(({ changes, isStale, result }) => ({
      target: result.target.name,
      folder: result.target.shown,
      stale: isStale,
      files: [...result.written, ...result.removed],
      changes,
    }));
    call.output.data(
      `${JSON.stringify({ targets, ...(summary !== undefined && { contracts: summary }) })}\n`,
    );
  } else {
    for (const { changes, isStale, lines, result } of rows) {
      if (!isStale) {
        call.output.note(`${result.target.shown} matches the contract (${exported.id.slice(0, 8)})`);
        continue;
      }
      call.output.note(`${result.target.shown} is older than the contract: ${count(changes)} (exit code 1)`);
      for (const line of lines) call.output.note(`  ${line}`);
      call.output.note(
        changes.some((change) => change.breaking)
          ? '  Run npx mizan generate, then mend the lines that the type checker names.'
          : '  Run npx mizan generate.',
      );
    }
    if (summary !== undefined) {
      call.output.note(`${summary} is older than the contract (exit code 1)\n  Run npx mizan contract.`);
    }
  }
  return stale.length > 0 || summary !== undefined ? 1 : 0;
}

interface Description {
  isStale: boolean;
  changes: ClientChange[];
  lines: string[];
}

async function describe(project: Project, exported: Exported, result: TargetResult): Promise<Description> {
  if (result.written.length + result.removed.length === 0) return { isStale: false, changes: [], lines: [] };
  if (result.unchanged.length === 0 && result.removed.length === 0 && !(await isThere(result))) {
    return { isStale: true, changes: [], lines: ['It has not been generated yet.'] };
  }
  const changes = await findClientChanges(result);
  const uses = new UseFinder(result.target.folder);
  const told = [...changes].sort((a, b) => Number(b.breaking) - Number(a.breaking)).slice(0, MOST);
  const lines = await Promise.all(
    told.map(async (change) => {
      const place = placeOf(exported, change.name);
      const use = change.breaking ? await uses.find(change) : undefined;
      const where = use ? `; ${showPath(project.root, use.path)}:${use.line} uses it` : '';
      return `${place === undefined ? '' : `${place}  `}${change.text}${where}`;
    }),
  );
  if (changes.length > MOST) lines.push(`and ${changes.length - MOST} more`);
  return { isStale: true, changes, lines };
}

async function isThere({ target, written }: TargetResult): Promise<boolean> {
  const texts = await Promise.all(
    written.map((path) => readFile(join(target.folder, path), 'utf8').catch(() => undefined)),
  );
  return texts.some((text) => text !== undefined);
}

/** Where the type, function, context or error stands that an export was made from. */
function placeOf({ sources }: Exported, name: string): string | undefined {
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  const bare = camel.replace(/(Args|Error|Params|Bundle|Context|Input|Details)_*$/, '');
  const place =
    sources.types?.[name] ??
    sources.errors?.[name] ??
    sources.functions?.[name] ??
    sources.functions?.[bare] ??
    sources.contexts?.[bare] ??
    sources.types?.[name.replace(/Input_*$/, '')] ??
    sources.errors?.[name.replace(/Details_*$/, '')];
  return place === undefined ? undefined : `${place.path}:${place.line}`;
}

function count(changes: readonly ClientChange[]): string {
  const breaking = changes.filter((change) => change.breaking).length;
  const compatible = changes.length - breaking;
  const text = (number: number, kind: string) => `${number} ${kind} change${number === 1 ? '' : 's'}`;
  if (breaking > 0 && compatible > 0) return `${text(breaking, 'breaking')}, ${compatible} compatible`;
  if (breaking > 0) return text(breaking, 'breaking');
  return compatible > 0 ? text(compatible, 'compatible') : 'no change of types';
}

/** The path of `contracts.json` when it does not say what it must; `undefined` when it does. */
async function staleSummary(project: Project, exported: Exported): Promise<string | undefined> {
  const wanted = await summarizeReleased(project, exported);
  if (wanted === undefined) return undefined;
  const path = join(project.contracts as string, SUMMARY);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === wanted ? undefined : showPath(project.root, path);
}
