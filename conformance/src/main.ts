import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Case, loadCases } from './case.ts';
import { runDataCase } from './data-case.ts';
import { runDifferential } from './differential/run.ts';
import { readKnownFailing } from './known-failing.ts';
import { loadMutants, type MutantReport, runMutants } from './mutant-run.ts';
import { countCells, type Report } from './report/board.ts';
import { printHtml } from './report/html.ts';
import { checkMatrix, recordRun, regressions } from './report/matrix.ts';
import { printMutants, printTable } from './report/text.ts';
import { type Result, runCases } from './run.ts';
import { readTestees, root } from './testee.ts';
import { judgeResults } from './verdict.ts';

const help = `npm run conformance -- [options]

  --case ID            only this case
  --capability NAME    only this capability
  --testee NAME        only this testee (see conformance/testees.json)
  --mutants            run every case against every mutant as well
  --mutant-report      print which case catches which mutant (with --mutants)
  --differential N     send N generated requests to all testees and compare
  --seed N             the seed of the differential run (random when absent)
  --json FILE          write the counts for tools
  --html FILE          write a page for people
  --record             keep this run as the one that the README's matrix shows
  --check              fail when the README's matrix is stale or edited by hand

Example: npm run conformance -- --case dispatch/bad-json --testee typescript-http`;

const { values: options } = parseArgs({
  options: {
    case: { type: 'string' },
    capability: { type: 'string' },
    testee: { type: 'string', multiple: true },
    mutants: { type: 'boolean' },
    'mutant-report': { type: 'boolean' },
    differential: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'string' },
    html: { type: 'string' },
    record: { type: 'boolean' },
    check: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  if (options.help) {
    console.log(help);
    return 0;
  }
  const problems: string[] = [];
  const all = await loadCases(runDataCase);
  const suite = fingerprint();
  if (options.check) {
    const stale = checkMatrix(suite);
    if (stale) console.error(stale);
    return stale ? 1 : 0;
  }
  const cases = all.filter(
    ({ id, capability }) =>
      (!options.case || id === options.case) && (!options.capability || capability === options.capability),
  );
  const testees = readTestees().filter(({ name }) => !options.testee || options.testee.includes(name));
  if (cases.length === 0 || testees.length === 0) {
    console.error(`nothing to run: no ${cases.length === 0 ? 'case' : 'testee'} of that name. See --help.`);
    return 1;
  }
  const results = await runAll(testees, cases);
  const verdict = judgeResults(results, readKnownFailing);
  problems.push(...verdict.problems);
  for (const line of verdict.known) console.log(line);
  const mutants = options.mutants ? await proveCases(cases, problems) : undefined;
  const differences = options.differential ? await compare(testees, problems) : 0;
  const report: Report = {
    cells: countCells(results),
    unproved: mutants?.unproved ?? [],
    survivors: mutants?.survivors ?? [],
    differences,
    suite,
  };
  if (!options.case && !options.capability && !options.testee) problems.push(...regressions(report));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.html) writeFileSync(options.html, printHtml(report.cells, results, mutants));
  if (options.record) recordRun(report);
  console.log(printTable(report.cells));
  if (mutants && options['mutant-report']) console.log(printMutants(mutants));
  for (const problem of problems) console.error(problem);
  console.log(`conformance: ${verdict.passed} passed, ${problems.length} failed`);
  return problems.length > 0 ? 1 : 0;
}

/** Two testees at a time: a case mostly waits, and starting takes long. */
async function runAll(testees: ReturnType<typeof readTestees>, cases: Case[]): Promise<Result[]> {
  const results: Result[][] = [];
  const waiting = [...testees.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, spec] = next;
      let done = 0;
      results[at] = await runCases(spec, cases, () => progress(`${spec.name} ${++done}`));
    }
  };
  await Promise.all([work(), work()]);
  progress('');
  return results.flat();
}

async function proveCases(cases: Case[], problems: string[]): Promise<MutantReport> {
  const spec = readTestees().find(({ name }) => name === 'typescript-http');
  if (!spec) throw new Error('mutants run in front of typescript-http, which testees.json lacks');
  const report = await runMutants(spec, cases, await loadMutants(), (done, total) =>
    progress(`mutants: case ${done} of ${total}`),
  );
  progress('');
  const whole = !options.case && !options.capability;
  for (const id of report.unproved)
    problems.push(`UNPROVED  ${id}: no mutant turns it red; add one to conformance/mutants`);
  if (whole) for (const id of report.survivors) problems.push(`SURVIVES  ${id}: no case catches this mutant`);
  console.log(
    `mutants: ${report.mutants.length - report.survivors.length} of ${report.mutants.length} caught`,
  );
  return report;
}

async function compare(testees: ReturnType<typeof readTestees>, problems: string[]): Promise<number> {
  const seed = options.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(options.seed);
  const found = await runDifferential(testees, Number(options.differential), seed, (done) =>
    progress(`differential ${done}`),
  );
  progress('');
  for (const difference of found.differences) problems.push(difference);
  console.log(
    `differential: ${found.sent} requests to ${testees.length} testees, seed ${seed}, ${found.succeeded} answered with success, ${found.differences.length} differences`,
  );
  return found.differences.length;
}

/** What the suite is made of; a recorded run with another one is stale. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = [`${root}conformance/cases`, `${root}conformance/mutants`, `${root}conformance/app`].flatMap(
    (folder) =>
      (
        readdirSync(folder, { recursive: true, withFileTypes: true }) as unknown as {
          parentPath: string;
          name: string;
          isFile(): boolean;
        }[]
      )
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`),
  );
  for (const file of files.sort()) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
