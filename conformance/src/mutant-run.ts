import { readdirSync } from 'node:fs';
import type { Case } from './case.ts';
import type { Mutant } from './mutant.ts';
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
  for (const group of groupBySettings(cases)) {
    let testee = await startTestee(spec, group[0]?.settings);
    for (const found of group) {
      for (const mutant of mutants) {
        if (!concerns(mutant, found)) continue;
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
  return {
    catches,
    mutants,
    unproved: cases.map(({ id }) => id).filter((id) => !proved.has(id)),
    survivors: mutants.map(({ id }) => id).filter((id) => catches.get(id)?.length === 0),
  };
}

/** A mutant of the start changes only the capabilities that look at it, whose cases are slow. */
function concerns(mutant: Mutant, { capability }: Case): boolean {
  const ofStart = mutant.start ?? mutant.words;
  if (capability === 'registration') return ofStart !== undefined || mutant.id === 'forgets-a-function';
  if (capability === 'contract') return mutant.clauses.some((clause) => clause.startsWith('IR'));
  return ofStart === undefined && mutant.exported === undefined;
}

async function stillAnswers({ driver, ended }: Awaited<ReturnType<typeof startTestee>>): Promise<boolean> {
  const answer = driver.call({ fn: 'reset', args: {} }).then(
    (outcome) => outcome.status === 200,
    () => false,
  );
  return Promise.race([answer, ended.then(() => false)]);
}
