import type { ContractChange } from '../generated/tables.ts';

/** What two contracts, or one change between them, mean to a client of the old one. */
export type Verdict = 'identical' | 'compatible' | 'breaking';

/** Where a value travels: from a client, or to it. */
export type Direction = 'input' | 'output';

/** One difference between two contracts. */
export interface Change {
  verdict: Verdict;
  /** Its kind: a row of `spec/tables/contract-changes.json`. */
  change: ContractChange;
  /** `Profile.name`, `buy.count`, `user.userId`, or the name of a function, context, type or error. */
  subject: string;
  /** What happened, in a few words: `removed`, `optional now, 1`. */
  detail: string;
  /** Functions through which old clients meet it, sorted. */
  functions: string[];
  /** What it means to them. */
  reason: string;
  /** Set when something equal appeared under another name: `Profile.name is now Profile.fullName?` */
  hint?: string;
}

/** A difference before it is known who meets it, and how. */
export interface Draft {
  change: ContractChange;
  subject: string;
  detail: string;
  hint?: string;
}
