import { type Contract, visibleContract } from '@mizan/core';
import type { Change, Verdict } from './change.ts';
import { ChangeList, worst } from './change-list.ts';
import { diffContexts } from './diff-context.ts';
import { diffFunctions } from './diff-function.ts';
import { TypeDiff } from './diff-types.ts';

/** What lies between two contracts. */
export interface ContractDiff {
  /** The worst of all changes; `identical` exactly when the two have one hash. */
  verdict: Verdict;
  /** The worst first, then by subject. */
  changes: Change[];
  /** Functions and contexts that changed in a breaking way for an old client: a row of `contracts.json`. */
  changed: string[];
}

/**
 * Compares two contracts from the side of a client of the old one that meets a server of the new one
 * (IR-DIFF). Private functions do not count. Both contracts have passed `checkContract`.
 */
export function diffContracts(old: Contract, now: Contract): ContractDiff {
  const hidden = (contract: Contract) =>
    new Set(contract.functions.filter((fn) => fn.private).map((fn) => fn.name));
  const sides = {
    old: visibleContract(old),
    now: visibleContract(now),
    oldPrivate: hidden(old),
    nowPrivate: hidden(now),
  };
  const types = new TypeDiff(sides.old.types, sides.now.types);
  const list = new ChangeList();
  diffContexts(sides.old, sides.now, types, list);
  diffFunctions(sides, types, list);
  const changes = list.changes();
  return { verdict: worst(changes.map((change) => change.verdict)), changes, changed: list.changed() };
}
