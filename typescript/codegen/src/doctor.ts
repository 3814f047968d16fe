import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LIMITS } from '@mizan/core';
import type { Exported } from './backends/backend.ts';
import { ownVersion } from './cli/version.ts';
import { compareClients } from './generate.ts';
import { findFrontend } from './init/find-frontend.ts';
import { formatError, Mend } from './mend.ts';
import {
  loadBackend,
  loadContract,
  openProject,
  type Project,
  type ProjectFlags,
  type ProjectTarget,
  placeOf,
  showPath,
} from './project.ts';
import { SUMMARY, summarizeReleased } from './released.ts';
import { targets } from './targets/table.ts';

/** One thing that was looked at. */
export interface Check {
  ok: boolean;
  /** What is so, or what is wrong. */
  what: string;
  /** What to do about it. */
  mend?: string;
  /** Where. */
  where?: string;
}

/** Oldest Node that everything of Mizan runs on. */
const NODE = [20, 19] as const;

/** Looks at everything that Mizan depends on in a project; goes on after what is wrong. */
export async function examine(flags: ProjectFlags, signal: AbortSignal): Promise<Check[]> {
  const checks = [checkNode(process.versions.node), ...checkSecret(process.env.MIZAN_SECRET)];
  let project: Project;
  try {
    project = await openProject(flags);
  } catch (error) {
    return [...checks, failed(error)];
  }
  const notes = (await (await loadBackend(project)).examine?.(placeOf(project), signal)) ?? [];
  checks.push(...notes);
  let exported: Exported | undefined;
  // What is wrong below the backend would only be said a second time.
  if (notes.every((note) => note.ok)) {
    try {
      exported = await loadContract(project, signal);
      checks.push({
        ok: true,
        what: `the backend has a contract of ${count(exported)} (${exported.id.slice(0, 8)})`,
      });
      checks.push(...(exported.notes ?? []).map((what) => ({ ok: true, what })));
    } catch (error) {
      signal.throwIfAborted();
      checks.push(failed(error));
    }
  }
  if (exported)
    checks.push(...(await checkTargets(project, exported)), ...(await checkReleased(project, exported)));
  for (const target of project.targets) checks.push(await checkRuntime(project, target));
  checks.push(...(await checkVite(project)));
  return checks;
}

/** Whether this Node is new enough. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  if (ok) return { ok, what: `Node ${version}` };
  return { ok, what: `Node ${version} is older than ${NODE.join('.')}`, mend: 'install a newer Node' };
}

/** Whether the secret that the environment gives is long enough; nothing when it gives none. */
export function checkSecret(secret: string | undefined): Check[] {
  if (secret === undefined || secret === '') return [];
  // Several secrets are separated by commas: the first signs, the others still read.
  return secret.split(',').map((one) => {
    const bytes = Buffer.byteLength(one.trim());
    if (bytes >= LIMITS.secretBytes) return { ok: true, what: `MIZAN_SECRET has ${bytes} bytes` };
    return {
      ok: false,
      what: `MIZAN_SECRET has ${bytes} bytes, needs ${LIMITS.secretBytes}`,
      mend: 'openssl rand -base64 32',
    };
  });
}

async function checkTargets(project: Project, exported: Exported): Promise<Check[]> {
  if (project.targets.length === 0) {
    const mend = "generate: { react: 'web/src/mizan' } in mizan.config.ts";
    return [{ ok: false, what: 'nothing is generated', mend }];
  }
  const results = await compareClients(project, exported, { followed: true });
  return results.map(({ removed, target, written }) => {
    const stale = written.length + removed.length > 0;
    if (!stale)
      return { ok: true, what: `${target.shown} matches the contract (${exported.id.slice(0, 8)})` };
    const isNew = !existsSync(target.folder);
    const what = `${target.shown} ${isNew ? 'has not been generated yet' : 'is older than the contract'}`;
    return { ok: false, what, mend: 'npx mizan generate' };
  });
}

async function checkReleased(project: Project, exported: Exported): Promise<Check[]> {
  if (project.contracts === undefined) return [];
  try {
    const wanted = await summarizeReleased(project, exported);
    const shown = showPath(project.root, join(project.contracts, SUMMARY));
    if (wanted === undefined) {
      return [
        {
          ok: true,
          what: `no contract has been released yet (${showPath(project.root, project.contracts)})`,
        },
      ];
    }
    const text = await readFile(join(project.contracts, SUMMARY), 'utf8').catch(() => undefined);
    if (text === wanted) return [{ ok: true, what: `${shown} matches the contract` }];
    return [
      {
        ok: false,
        what: `${shown} is older than the contract`,
        mend: 'npx mizan contract --release, or npx mizan generate',
      },
    ];
  } catch (error) {
    return [failed(error)];
  }
}

async function checkRuntime(project: Project, target: ProjectTarget): Promise<Check> {
  const { runtime } = await (targets[target.name] as (typeof targets)[string])();
  const version = await installedVersion(runtime, target.folder);
  const where = target.shown;
  if (version === undefined) {
    return {
      ok: false,
      what: `${where} imports ${runtime}, which is not installed`,
      mend: `npm install ${runtime}`,
    };
  }
  const own = ownVersion();
  if (version === own) return { ok: true, what: `${runtime} ${version} under ${where}` };
  const mend = `npm install ${runtime}@${own}${project.configPath === undefined ? '' : ' mizan@latest'}`;
  return { ok: false, what: `${runtime} is ${version} under ${where}, and mizan is ${own}`, mend };
}

async function checkVite(project: Project): Promise<Check[]> {
  const frontend = await findFrontend(project.root);
  if (!frontend?.viteConfig) return [];
  const { path, text } = frontend.viteConfig;
  if (text.includes('vite-plugin-mizan')) return [{ ok: true, what: `mizan() is in ${path}` }];
  return [
    {
      ok: false,
      what: 'nothing keeps the client current while you type',
      mend: 'npx mizan init',
      where: path,
    },
  ];
}

/** The version of a package as code in `folder` would import it. */
async function installedVersion(name: string, folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const text = await readFile(join(at, 'node_modules', name, 'package.json'), 'utf8').catch(
      () => undefined,
    );
    if (text !== undefined) return (JSON.parse(text) as { version: string }).version;
    if (at === dirname(at)) return undefined;
  }
}

function failed(error: unknown): Check {
  if (!(error instanceof Mend)) return { ok: false, what: formatError(error) };
  return {
    ok: false,
    what: error.detail === undefined ? error.message : `${error.message}: ${error.detail.split('\n')[0]}`,
    ...(error.detail !== undefined
      ? { mend: 'npx mizan contract says more' }
      : error.mend !== undefined && { mend: error.mend.split('\n')[0] as string }),
    ...(error.where !== undefined && { where: error.where }),
  };
}

function count({ contract }: Exported): string {
  const { length } = contract.functions;
  return length === 1 ? '1 function' : `${length} functions`;
}
