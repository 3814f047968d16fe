/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 *
 * @typedef {object} StepResult
 * @property {number} passed how many single checks or tests held
 * @property {readonly string[]} [problems] what does not hold, each with its place and its mend
 * @property {number} [failed] how many failed, where that is not the number of problems
 * @property {number} [skipped]
 * @property {string} [note] a word for the summary line
 *
 * @typedef {object} StepContext
 * @property {string} root the repository's root folder
 * @property {boolean} update write what is generated or listed instead of comparing it
 * @property {(line: string) => void} say prints a line under the step
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title what it makes sure of, for `--list`
 * @property {readonly string[]} [groups]
 * @property {readonly string[]} [needs] steps that must have held before; without them this one cannot say anything
 * @property {(context: StepContext) => Promise<StepResult> | StepResult} run
 */

/**
 * Chooses steps by name or group, in table order, together with what they need.
 * Throws on a name that is neither: an empty selection must never read as green.
 *
 * @param {readonly Step[]} steps
 * @param {{ only?: readonly string[], except?: readonly string[] }} choice
 * @returns {Step[]}
 */
export function selectSteps(steps, { only = [], except = [] }) {
  /** @param {string} word */
  const matching = (word) => {
    const found = steps.filter((step) => step.name === word || step.groups?.includes(word));
    if (found.length === 0) {
      throw new Error(
        `There is no step or group "${word}". There are: ${steps.map((step) => step.name).join(', ')}.`,
      );
    }
    return found;
  };
  const chosen = new Set(only.length > 0 ? only.flatMap(matching) : steps);
  for (const step of except.flatMap(matching)) chosen.delete(step);
  const byName = new Map(steps.map((step) => [step.name, step]));
  for (const step of chosen) {
    for (const need of step.needs ?? []) {
      const other = byName.get(need);
      if (!other) throw new Error(`Step ${step.name} needs ${need}, which does not exist.`);
      if (!except.includes(need)) chosen.add(other);
    }
  }
  if (chosen.size === 0) throw new Error('No step is left to run.');
  return steps.filter((step) => chosen.has(step));
}

/**
 * Runs steps one after the other, prints a line for each and every problem where it happens.
 * A step whose needs failed is not run and counts as failed.
 *
 * @param {readonly Step[]} steps
 * @param {{ root: string, update?: boolean, bail?: boolean, say?: (line: string) => void, now?: () => number }} options
 * @returns {Promise<Counts>}
 */
export async function runSteps(
  steps,
  { root, update = false, bail = false, say = console.log, now = Date.now },
) {
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Set<string>} */
  const broken = new Set();
  const width = Math.max(...steps.map((step) => step.name.length));
  for (const [index, step] of steps.entries()) {
    const label = `[${String(index + 1).padStart(String(steps.length).length)}/${steps.length}] ${step.name.padEnd(width)}`;
    const missing = step.needs?.find((need) => broken.has(need));
    const result = missing
      ? { result: { passed: 0, problems: [`not run, because ${missing} failed`] }, seconds: 0 }
      : await runStep(step, label, { root, update, say, now });
    const problems = result.result.problems ?? [];
    const failed = Math.max(result.result.failed ?? 0, problems.length);
    const skipped = result.result.skipped ?? 0;
    total.passed += result.result.passed;
    total.failed += failed;
    total.skipped += skipped;
    if (failed > 0) broken.add(step.name);
    say(
      `${label}  ${describe({ passed: result.result.passed, failed, skipped }, result.seconds, result.result.note)}`,
    );
    for (const problem of problems) say(indent(problem));
    if (failed > 0 && bail) break;
  }
  return total;
}

/**
 * @param {Step} step
 * @param {string} label
 * @param {{ root: string, update: boolean, say: (line: string) => void, now: () => number }} options
 * @returns {Promise<{ result: StepResult, seconds: number }>}
 */
async function runStep(step, label, { root, update, say, now }) {
  const started = now();
  const seconds = () => (now() - started) / 1000;
  const heartbeat = setInterval(() => say(`${label}  … ${Math.round(seconds())} s`), 30_000);
  try {
    const result = await step.run({ root, update, say: (line) => say(`    ${line}`) });
    const nothing = result.passed === 0 && !result.problems?.length && !result.failed;
    // A step that looked at nothing has proved nothing.
    if (nothing)
      return { result: { ...result, problems: ['it found nothing to check'] }, seconds: seconds() };
    return { result, seconds: seconds() };
  } catch (error) {
    const text =
      error instanceof Error ? (error.name === 'SetupError' ? error.message : error.stack) : String(error);
    return { result: { passed: 0, problems: [text ?? 'failed without a message'] }, seconds: seconds() };
  } finally {
    clearInterval(heartbeat);
  }
}

/** @param {Counts} counts @param {number} seconds @param {string} [note] */
function describe(counts, seconds, note) {
  const state = counts.failed > 0 ? 'FAILED' : 'ok    ';
  const parts = [`${counts.passed} passed`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return `${state} ${seconds.toFixed(1).padStart(6)} s  ${parts.join(', ')}${note ? ` (${note})` : ''}`;
}

/** @param {string} text */
function indent(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** The closing line that tools read: `N passed, N failed, N skipped`. @param {Counts} counts */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
