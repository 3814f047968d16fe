import { compareText } from '../compare-text.ts';
import type { Contract, Sources } from '../contract.ts';
import { checkContext } from './check-context.ts';
import { checkFunction } from './check-function.ts';
import { checkNames } from './check-names.ts';
import { checkReach } from './check-reach.ts';
import { checkError, checkTypeDecl } from './check-type.ts';
import type { ContractFinding, Place } from './finding.ts';
import { Report } from './report.ts';

/** Where findings stand: in the text that was parsed, or in the sources of the backend. */
export interface CheckOptions {
  place?: (path: string) => Place | undefined;
  sources?: Sources;
}

/**
 * All that is wrong with a contract (IR-CHECK), at once: contexts, errors, functions, types, each by name.
 * A contract without findings can be printed, its value checks and addresses compile.
 */
export function checkContract(contract: Contract, options: CheckOptions = {}): ContractFinding[] {
  const { place, sources } = options;
  const report = new Report(
    contract,
    place ?? (sources === undefined ? () => undefined : (path) => placeInSources(sources, path)),
  );
  checkNames(report);
  for (const context of byName(contract.contexts)) checkContext(report, context);
  for (const error of byName(contract.errors)) checkError(report, error);
  for (const fn of byName(contract.functions)) checkFunction(report, fn);
  for (const type of byName(contract.types)) checkTypeDecl(report, type);
  checkReach(report);
  return report.findings;
}

function placeInSources(sources: Sources, path: string): Place | undefined {
  const [, kind, name] = path.split('/');
  const places = kind !== undefined && Object.hasOwn(sources, kind) ? sources[kind as keyof Sources] : {};
  return name !== undefined && Object.hasOwn(places, name) ? places[name] : undefined;
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(a.name, b.name));
}
