import { Mend } from '../../mend.ts';
import { type Interpreter, installLine } from './find-interpreter.ts';
import { OLDEST, probe } from './probe.ts';
import type { PythonHost, PythonProject } from './python-host.ts';
import type { PythonRun } from './run-python.ts';
import { ownFrames, parseTraceback, type Traceback } from './traceback.ts';

/** Errors that say that something is not installed. */
const MISSING = /No module named '?"?(mizan|django|fastapi)\b|Couldn't import Django|Unknown command/;

/** Errors of a Python that is too old for what it reads, among others. */
const OLD = /SyntaxError|ImportError|AttributeError|TypeError/;

/** Help for a run of the export command that gave no contract. */
export async function explainFailure(
  host: PythonHost,
  project: PythonProject,
  interpreter: Interpreter,
  run: PythonRun,
  signal: AbortSignal,
): Promise<Mend> {
  const traceback = parseTraceback(run.stderr);
  if (traceback && /^mizan\..*(Registration|Settings)Error$/.test(traceback.name))
    return new Mend(traceback.message.trim());
  const missing = MISSING.test(run.stderr);
  if (missing || OLD.test(run.stderr)) {
    const wrong = await explainEnvironment(host, project, interpreter, missing, signal);
    if (wrong) return wrong;
  }
  const error = traceback && { name: shortName(traceback.name), message: traceback.message };
  const special = host.explain({ project, interpreter, stderr: run.stderr, error });
  if (special) {
    const { message, ...parts } = special;
    return new Mend(message, { where: project.shown, ...parts });
  }
  if (traceback) return explainTraceback(traceback, project, interpreter);
  return explainWords(host, project, run);
}

/** What is wrong with the interpreter itself. */
async function explainEnvironment(
  host: PythonHost,
  project: PythonProject,
  interpreter: Interpreter,
  missing: boolean,
  signal: AbortSignal,
): Promise<Mend | undefined> {
  const environment = await probe(interpreter, project.cwd, ['mizan', host.key], signal);
  if (!environment) return undefined;
  const where = interpreter.shown;
  if (!environment.recent) {
    return new Mend(`this is Python ${environment.version}, and Mizan needs ${OLDEST.join('.')} or newer`, {
      where,
      mend: `It was chosen because of ${interpreter.why}. Name another one: backend: { ${host.key}: '${project.shown}', python: '.venv/bin/python' }`,
    });
  }
  const { packages } = environment;
  if (!missing || (packages[host.key] !== undefined && packages.mizan !== undefined)) return undefined;
  const name = packages[host.key] === undefined ? host.title : 'mizan';
  return new Mend(`${name} is not installed for this Python`, {
    where,
    mend: `${installLine(interpreter, host.key)}\nIt was chosen because of ${interpreter.why}; python: '.venv/bin/python' beside the backend names another one.`,
  });
}

/** The project's own place first, then the error, then the way to it through the project's files. */
function explainTraceback(traceback: Traceback, project: PythonProject, interpreter: Interpreter): Mend {
  const frames = ownFrames(traceback, project.root, project.cwd).slice(0, 5);
  const [place] = frames;
  const width = Math.max(...frames.map(({ file, line }) => `${file}:${line}`.length));
  const raised = frames.every(({ file }) => file.endsWith('manage.py')) ? traceback.frames.at(-1) : undefined;
  const way = frames.map(({ code, file, line }) => `    ${`${file}:${line}`.padEnd(width)}  ${code}`);
  const said = `${shortName(traceback.name)}: ${traceback.message.trim()}`.replace(/: $/, '');
  const other = traceback.name.endsWith('ModuleNotFoundError')
    ? `\n${interpreter.shown} imported it (chosen because of ${interpreter.why}); python: '.venv/bin/python' beside the backend names another one.`
    : '';
  return new Mend('the project cannot be imported', {
    where: place === undefined ? project.shown : `${place.file}:${place.line}`,
    detail: [
      said,
      ...way,
      ...(raised ? [`    ${shortFile(raised.file)}:${raised.line}  ${raised.code}`] : []),
    ].join('\n'),
    mend: `It is imported to ask for its contract; nothing is started. Mend the error above.${other}`,
  });
}

/** Without a traceback Mizan's own command has said what is wrong, and says it best. */
function explainWords(host: PythonHost, project: PythonProject, run: PythonRun): Mend {
  const words = run.stderr
    .trim()
    .replace(/^CommandError: /, '')
    .trim();
  if (run.ended !== 0 && words !== '') return new Mend(words);
  const printed = lastLines(run.stdout, 5);
  return new Mend(
    run.ended === 0
      ? 'the export command printed no contract'
      : `Python ended (${run.ended}) before it had a contract`,
    {
      where: project.shown,
      ...(printed !== '' && { detail: printed }),
      mend: `See what it prints: python ${host.args.join(' ')}`,
    },
  );
}

/** A file of a package without the folder that it was installed in. */
function shortFile(file: string): string {
  return file.replace(/^.*[\\/](site|dist)-packages[\\/]/, '');
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The end of a text. */
export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
