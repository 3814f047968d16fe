import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Call } from '../cli/command.ts';
import { runBeside } from '../cli/run-beside.ts';
import { alignColumns } from '../columns.ts';
import type { Change, HostKind, InitPlan } from '../init/change.ts';
import { djangoHost } from '../init/django-host.ts';
import { fastapiHost } from '../init/fastapi-host.ts';
import { typescriptHost } from '../init/typescript-host.ts';
import { Mend } from '../mend.ts';
import { writeWhole } from '../write-files.ts';

/** Kinds of project, in the order in which they are looked for. */
const hosts: readonly HostKind[] = [djangoHost, fastapiHost, typescriptHost];

/** `mizan init`: finds what the project is, shows the few changes that it needs, and writes them. */
export async function initCommand(call: Call): Promise<number> {
  const root = resolve(call.args[0] ?? '.');
  if (!existsSync(root)) await mkdir(root, { recursive: true });
  const plan = await findPlan(root);
  const writes = [...plan.changes, ...(plan.config ? [plan.config] : [])];
  call.output.note(`Found ${plan.found.join(', ')}`);
  if (writes.length === 0) {
    call.output.note('Everything that Mizan needs is there already.');
    showByHand(call, plan);
    return 0;
  }
  for (const line of showChanges(plan.changes)) call.output.note(line);
  if (!(await agreed(call, plan))) return 2;
  for (const change of writes) {
    const path = join(root, change.path);
    await mkdir(dirname(path), { recursive: true });
    writeWhole(path, change.text);
  }
  call.output.note(`Written: ${writes.length === 1 ? '1 file' : `${writes.length} files`}.`);
  showByHand(call, plan);
  const folder = join(root, plan.installIn);
  const manager = packageManager(folder);
  if (plan.install && call.flags.install) {
    const code = await runBeside([manager, 'install'], folder, call.signal);
    if (code !== 0)
      throw new Mend(`${manager} install ended with ${code}`, { mend: 'Everything else is written.' });
  }
  const install = `${manager} install${plan.installIn === '' ? '' : ` in ${plan.installIn}/`}`;
  const next = [...(plan.install && !call.flags.install ? [install] : []), ...plan.next];
  call.output.note(`Next: ${next.join(', then ')}`);
  return 0;
}

async function findPlan(root: string): Promise<InitPlan> {
  for (const host of hosts) {
    const plan = await host.plan(root);
    if (plan) return plan;
  }
  throw new Mend('no project that Mizan knows is here', {
    where: root,
    mend: 'Run it where package.json, manage.py or the code of a FastAPI application is, or in an empty folder to start a new project.',
  });
}

function showChanges(changes: readonly Change[]): string[] {
  return alignColumns(
    changes.map(({ path, what }) => [`+ ${path}`, what]),
    '  ',
  );
}

/** Asks when it can; else only `--yes` agrees. */
async function agreed(call: Call, plan: InitPlan): Promise<boolean> {
  const count = plan.changes.length;
  const changes = count === 0 ? '' : count === 1 ? 'this change' : `these ${count} changes`;
  const config = plan.config ? 'mizan.config.ts' : '';
  const question = `Write ${[changes, config].filter((text) => text !== '').join(' and ')}?`;
  if (call.flags.yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    call.output.note(`${question} Say so with: npx mizan init --yes`);
    return false;
  }
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, output: process.stderr, signal: call.signal });
  if (!isCancel(answer) && answer) return true;
  call.output.note('Nothing was written.');
  return false;
}

function showByHand(call: Call, plan: InitPlan): void {
  for (const line of plan.byHand) call.output.note(`By hand: ${line}`);
}

/** The package manager whose lock file is there; npm when none is. */
function packageManager(root: string): string {
  const locks = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun', 'bun.lockb': 'bun' };
  return Object.entries(locks).find(([lock]) => existsSync(join(root, lock)))?.[1] ?? 'npm';
}
