import { resolve } from 'node:path';
import type { Sources } from '@mizan/core';
import { Mend } from '../../mend.ts';
import { showPath } from '../../project.ts';
import type { BackendNote, Exported } from '../backend.ts';
import { readContract } from '../read-contract.ts';
import { explainFailure, lastLines } from './explain-failure.ts';
import { findInterpreter, type Interpreter, installLine } from './find-interpreter.ts';
import { OLDEST, probe } from './probe.ts';
import type { PythonHost, PythonProject } from './python-host.ts';
import { runPython } from './run-python.ts';

/** How long importing the project may take, in seconds, unless `$MIZAN_EXPORT_TIMEOUT` says otherwise. */
const TIMEOUT = 60;

/** Folders that this process has exported from. */
const exported = new Set<string>();

/** What the export commands print. */
interface Printed {
  contract: string;
  sources: Partial<Sources>;
  hash: string;
}

/** Asks a project in Python for its contract, in a process that ends at once. */
export async function exportPython(
  host: PythonHost,
  project: PythonProject,
  signal: AbortSignal,
): Promise<Exported> {
  const interpreter = interpreterOf(project);
  const seconds = Number(process.env.MIZAN_EXPORT_TIMEOUT) || TIMEOUT;
  const run = await runPython(interpreter, host.args, {
    cwd: project.cwd,
    signal,
    timeout: seconds * 1000,
    // Python takes bytecode for current by the second and the size of its source. What is saved twice in a second
    // would be read as it was; only what was compiled before anybody followed it can be trusted.
    ...(exported.has(project.cwd) && { env: { PYTHONDONTWRITEBYTECODE: '1' } }),
  });
  exported.add(project.cwd);
  if (run.late) {
    throw new Mend(`this project had no contract after ${seconds} seconds`, {
      where: project.shown,
      ...(run.stderr.trim() !== '' && { detail: lastLines(run.stderr, 10) }),
      mend:
        'It is imported to ask for its contract: does a module wait for a network or a lock, or start a server, when it is ' +
        'imported?\nIf it only takes long: MIZAN_EXPORT_TIMEOUT=120 npx mizan generate',
    });
  }
  const found = run.ended === 0 ? findPrinted(run.stdout) : undefined;
  if (!found) throw await explainFailure(host, project, interpreter, run, signal);
  const contract = readContract(found.printed.contract, `the contract of ${project.shown}`);
  return {
    contract,
    id: found.printed.hash.slice(0, 16),
    sources: fromRoot(found.printed.sources, project),
    files: [],
    ...(found.noise !== '' && {
      notes: [
        `the backend prints before its contract, which is skipped: ${JSON.stringify(found.noise)}. Logs belong on standard error: print(…, file=sys.stderr)`,
      ],
    }),
  };
}

/** What `doctor` says of the interpreter and of what is installed in it. */
export async function examinePython(
  host: PythonHost,
  project: PythonProject,
  signal: AbortSignal,
): Promise<BackendNote[]> {
  let interpreter: Interpreter;
  try {
    interpreter = interpreterOf(project);
  } catch (error) {
    if (!(error instanceof Mend)) throw error;
    return [{ ok: false, what: error.message, mend: error.mend?.split('\n')[0] as string }];
  }
  const environment = await probe(interpreter, project.cwd, ['mizan', host.key], signal);
  const where = `${interpreter.shown} (${interpreter.why})`;
  if (!environment)
    return [
      { ok: false, what: `${where} cannot be run`, mend: 'name another one: python in mizan.config.ts' },
    ];
  const { packages, recent, version } = environment;
  if (!recent) {
    return [
      {
        ok: false,
        what: `Python ${version} is older than ${OLDEST.join('.')}: ${where}`,
        mend: 'install a newer Python, and make the environment again',
      },
    ];
  }
  const missing = [host.key, 'mizan'].filter((name) => packages[name] === undefined);
  if (missing.length > 0) {
    const what = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not installed in ${where}`;
    return [{ ok: false, what, mend: installLine(interpreter, host.key) }];
  }
  const versions = [`${host.title} ${packages[host.key]}`.trim(), `mizan ${packages.mizan}`.trim()];
  return [{ ok: true, what: `Python ${version} with ${versions.join(' and ')}: ${where}` }];
}

function interpreterOf({ cwd, python, root }: PythonProject): Interpreter {
  return findInterpreter({ root, cwd, python, env: process.env, platform: process.platform });
}

/** The one JSON object on the output, and what other code printed around it. */
function findPrinted(stdout: string): { printed: Printed; noise: string } | undefined {
  const whole = parsePrinted(stdout);
  if (whole) return { printed: whole, noise: '' };
  // From the last line back: what the command itself prints comes last.
  const lines = stdout.split('\n');
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] as string;
    // A print that did not end its line stands in front of ours.
    const start = line.indexOf('{"contract"');
    const printed = start === -1 ? undefined : parsePrinted(line.slice(start));
    if (!printed) continue;
    const noise = [...lines.slice(0, at), line.slice(0, start), ...lines.slice(at + 1)];
    return {
      printed,
      noise: noise
        .filter((one) => one.trim() !== '')
        .join('\n')
        .slice(0, 80),
    };
  }
  return undefined;
}

function parsePrinted(text: string): Printed | undefined {
  try {
    const value = JSON.parse(text) as Partial<Printed> | null;
    const ok =
      typeof value?.contract === 'string' &&
      typeof value.hash === 'string' &&
      typeof value.sources === 'object';
    return ok ? (value as Printed) : undefined;
  } catch {
    return undefined;
  }
}

/** Places in the source as they are seen from the configuration's folder, not from Python's. */
function fromRoot(sources: Partial<Sources>, { home, root }: PythonProject): Partial<Sources> {
  if (home === root) return sources;
  const kinds = Object.entries(sources).map(([kind, places]) => [
    kind,
    Object.fromEntries(
      Object.entries(places).map(([name, { line, path }]) => [
        name,
        { path: showPath(root, resolve(home, path)), line },
      ]),
    ),
  ]);
  return Object.fromEntries(kinds) as Partial<Sources>;
}
