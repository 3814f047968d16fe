import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { printContract } from '@mizan/core';
import type { Exported } from '../backends/backend.ts';
import { sourcesPath } from '../backends/file.ts';
import type { Call } from '../cli/command.ts';
import { Mend } from '../mend.ts';
import { loadContract, openProject, type Project, showPath } from '../project.ts';
import { releaseContract, updateReleased } from '../released.ts';
import { writeWhole } from '../write-files.ts';

/** `mizan contract`: prints the backend's contract, keeps it in a file, or keeps it as released. */
export async function contractCommand(call: Call): Promise<number> {
  const project = await openProject({ config: call.flags.config as string | undefined, file: call.args[0] });
  const output = call.flags.output as string | undefined;
  if (call.flags.check && output === undefined) {
    throw new Mend('--check compares a file: name it with --output', {
      mend: 'npx mizan contract --check --output contract.kdl',
    });
  }
  const exported = await loadContract(project, call.signal);
  const text = printContract(exported.contract);
  if (output !== undefined) return keep(call, exported, text, resolve(output));
  if (call.flags.release) await release(call, project, exported, text);
  else {
    call.output.data(
      call.flags.json
        ? `${JSON.stringify({ id: exported.id, contract: text, sources: exported.sources })}\n`
        : text,
    );
  }
  await updateReleased(project, exported);
  return 0;
}

async function keep(call: Call, exported: Exported, text: string, path: string): Promise<number> {
  const shown = showPath(process.cwd(), path);
  const current = (await readFile(path, 'utf8').catch(() => undefined)) === text;
  if (call.flags.check) {
    if (current) return 0;
    throw new Mend('is not the contract that the backend has now', {
      where: shown,
      mend: `Write it again: npx mizan contract --output ${shown}`,
      exitCode: 1,
    });
  }
  await mkdir(dirname(path), { recursive: true });
  if (!current) writeWhole(path, text);
  const sources = `${JSON.stringify(exported.sources, null, 2)}\n`;
  if ((await readFile(sourcesPath(path), 'utf8').catch(() => undefined)) !== sources) {
    writeWhole(sourcesPath(path), sources);
  }
  call.output.note(`${shown}: ${current ? 'unchanged' : 'written'} (${exported.id.slice(0, 8)})`);
  return 0;
}

async function release(call: Call, project: Project, exported: Exported, text: string): Promise<void> {
  if (project.contracts === undefined) {
    throw new Mend('nothing says where released contracts are kept', {
      mend: "Add contracts: 'contracts' to mizan.config.ts, and name the same folder in createMizan({ contracts: 'contracts/contracts.json' }).",
    });
  }
  const { fresh, path } = await releaseContract(project.contracts, exported.id, text, new Date());
  const shown = showPath(project.root, path);
  call.output.note(
    fresh
      ? `${shown}: written (${exported.id.slice(0, 8)}). Commit it with this release.`
      : `${shown} is this contract already (${exported.id.slice(0, 8)}); nothing to keep.`,
  );
}
