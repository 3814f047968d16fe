import { readdirSync } from 'node:fs';
import type { Case } from './case.ts';
import { exchange } from './deadline.ts';
import { type Mutant, type Recording, record, recordClient, touches } from './mutant.ts';
import { groupBySettings, runCase } from './run.ts';
import { startTestee, type TesteeSpec } from './testee.ts';

/** Which case catches which mutant. */
export interface MutantReport {
  /** Mutant id → ids of the cases that it turned red. */
  catches: Map<string, string[]>;
  /** Cases that no mutant turned red. */
  unproved: string[];
  /** Mutants that no case caught. */
  survivors: string[];
  mutants: Mutant[];
}

/** Loads every mutant of `conformance/mutants`. */
export async function loadMutants(): Promise<Mutant[]> {
  const folder = new URL('../mutants/', import.meta.url);
  const mutants: Mutant[] = [];
  for (const file of readdirSync(folder).sort()) {
    const module = (await import(new URL(file, folder).href)) as { mutants?: Mutant[] };
    mutants.push(...(module.mutants ?? []));
  }
  const ids = new Set(mutants.map(({ id }) => id));
  if (ids.size !== mutants.length) throw new Error('two mutants share an id');
  return mutants;
}

/** Runs every case against every mutant, with one testee for each kind of settings. */
export async function runMutants(
  spec: TesteeSpec,
  cases: Case[],
  mutants: Mutant[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<MutantReport> {
  const catches = new Map<string, string[]>(mutants.map(({ id }) => [id, []]));
  const proved = new Set<string>();
  let done = 0;
  const patience = exchange.limit;
  exchange.limit = 3_000;
  for (const group of groupBySettings(cases)) {
    let testee = await startTestee(spec, group[0]?.settings);
    for (const found of group) {
      const recording: Recording = [];
      const recorder = { id: 'records', breaks: 'nothing', clauses: [], client: recordClient(recording) };
      await runCase(found, { ...testee, driver: record(testee.driver, recording) }, recorder);
      for (const mutant of mutants) {
        if (!concerns(mutant, found)) continue;
        if (!ofStart(mutant) && !(await touches(mutant, recording))) continue;
        const { outcome } = await runCase(found, testee, mutant);
        if (outcome !== 'failed') continue;
        catches.get(mutant.id)?.push(found.id);
        proved.add(found.id);
        if (!(await stillAnswers(testee))) {
          await testee.stop().catch(() => {});
          testee = await startTestee(spec, group[0]?.settings);
        }
      }
      onProgress(++done, cases.length);
    }
    await testee.stop();
  }
  exchange.limit = patience;
  return {
    catches,
    mutants,
    unproved: cases.map(({ id }) => id).filter((id) => !proved.has(id)),
    survivors: mutants.map(({ id }) => id).filter((id) => catches.get(id)?.length === 0),
  };
}

/** A mutant of the start changes only the capabilities that look at it, whose cases are slow. */
function concerns(mutant: Mutant, { capability }: Case): boolean {
  if (capability === 'clients' || mutant.client)
    return capability === 'clients' && mutant.client !== undefined;
  if (capability === 'registration') return !mutant.exported;
  if (capability === 'contract') return !mutant.start && !mutant.words;
  return !ofStart(mutant);
}

/** Whether it changes what happens before the first request, which no recording shows. */
function ofStart({ start, words, exported }: Mutant): boolean {
  return start !== undefined || words !== undefined || exported !== undefined;
}

async function stillAnswers({ driver, ended }: Awaited<ReturnType<typeof startTestee>>): Promise<boolean> {
  const answer = driver.call({ fn: 'reset', args: {} }).then(
    (outcome) => outcome.status === 200,
    () => false,
  );
  return Promise.race([answer, ended.then(() => false)]);
}
