import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Contract } from '@mizan/core';
import { contractId } from '@mizan/core/hash';
import { type Change, type ContractDiff, diffContracts } from '@mizan/ir';
import { readContract } from '../backends/read-contract.ts';
import type { Call } from '../cli/command.ts';
import { alignColumns } from '../columns.ts';
import { Mend } from '../mend.ts';
import { createPaint, type Paint } from '../output.ts';
import { loadContract, openProject } from '../project.ts';

/** `mizan diff old [new]`: what the change means to clients of the old contract. 1 when something breaks. */
export async function diffCommand(call: Call): Promise<number> {
  const [old, fresh] = call.args;
  if (old === undefined) {
    throw new Mend('mizan diff compares two contracts: name the old one', {
      mend: 'npx mizan diff contracts/2026-11-01.kdl',
    });
  }
  const before = await readFileContract(old);
  const after = fresh === undefined ? await currentContract(call) : await readFileContract(fresh);
  const diff = diffContracts(before, after);
  if (call.flags.json) {
    call.output.data(`${JSON.stringify({ old: contractId(before), new: contractId(after), ...diff })}\n`);
  } else call.output.data(formatDiff(diff, call.output.paint));
  return diff.verdict === 'breaking' ? 1 : 0;
}

/** The changes as a table, the worst first, and their count. */
export function formatDiff(diff: ContractDiff, paint: Paint = createPaint(false)): string {
  if (diff.changes.length === 0) return 'identical\n';
  const colours = { breaking: paint.red, compatible: paint.green, identical: paint.dim };
  // Painted after they are aligned: what cannot be seen must not count.
  const lines = alignColumns(diff.changes.map(toRow)).map((line, at) => {
    const { verdict } = diff.changes[at] as Change;
    return colours[verdict](verdict) + line.slice(verdict.length);
  });
  const breaking = diff.changes.filter((change) => change.verdict === 'breaking').length;
  const compatible = diff.changes.filter((change) => change.verdict === 'compatible').length;
  const exit = breaking > 0 ? ' (exit code 1)' : '';
  return `${lines.join('\n')}\n\n${breaking} breaking, ${compatible} compatible${exit}\n`;
}

function toRow({ detail, hint, reason, subject, verdict }: Change): string[] {
  return [verdict, subject, detail, hint === undefined ? reason : `${reason}; ${hint}`];
}

async function currentContract(call: Call): Promise<Contract> {
  const project = await openProject({ config: call.flags.config as string | undefined });
  return (await loadContract(project, call.signal)).contract;
}

async function readFileContract(file: string): Promise<Contract> {
  const path = resolve(file);
  const shown = relative(process.cwd(), path) || file;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Mend('this contract file cannot be read', {
      where: shown,
      detail: error instanceof Error ? error.message : String(error),
      mend: 'Released contracts stand in the folder that contracts names in mizan.config.ts.',
      cause: error,
    });
  }
  return readContract(text, shown);
}
