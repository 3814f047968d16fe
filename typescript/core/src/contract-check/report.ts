import type { ContextDecl, Contract, ErrorDecl, FunctionDecl, TypeDecl } from '../contract.ts';
import type { ContractFinding, ContractFindingCode, Place } from './finding.ts';

/** What the rules are asked about and where they put what they find. */
export class Report {
  readonly contract: Contract;
  readonly contexts: ReadonlyMap<string, ContextDecl>;
  readonly errors: ReadonlyMap<string, ErrorDecl>;
  readonly functions: ReadonlyMap<string, FunctionDecl>;
  readonly types: ReadonlyMap<string, TypeDecl>;
  readonly findings: ContractFinding[] = [];
  readonly #place: (path: string) => Place | undefined;

  constructor(contract: Contract, place: (path: string) => Place | undefined) {
    this.contract = contract;
    this.#place = place;
    this.contexts = byName(contract.contexts);
    this.errors = byName(contract.errors);
    this.functions = byName(contract.functions);
    this.types = byName(contract.types);
  }

  /** Notes a finding. */
  say(path: string, code: ContractFindingCode, message: string): void {
    const place = this.#place(path);
    this.findings.push(place === undefined ? { path, code, message } : { path, code, message, place });
  }
}

function byName<T extends { name: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}
