import { covers } from '@mizan/core';

/** A point in a context's history, and when the client met it; without epoch there is no number. */
export interface Point {
  epoch: string | undefined;
  n: number;
  /** In ticks of the client: when the request began, or when it was told. */
  begun: number;
  /** Numbers of changes that were merged into what else is older (MRG-7). */
  merged?: readonly number[] | undefined;
}

/** An announced change (INV-8). */
export interface Told extends Point {
  scope: string;
}

/** What a client was told, oldest first. */
export type Memory = Map<string, Told>;

const REMEMBERED = 64;
const MAX_MIN_ITEMS = 8;
const ENTRY = /^([a-z]\w*(?:\/\w+)?(?:\?\w+=[^@]*)?)(?:@([a-z\d]{1,12})\.(\d{1,16}))?$/;

/** Reads an entry of `invalidate`; one that is not well formed means everything (INV-13). */
export function parseEntry(text: unknown, begun: number): Told {
  const match = ENTRY.exec(text as string);
  return { scope: match?.[1] ?? '*', epoch: match?.[2], n: +(match?.[3] ?? 0), begun };
}

/** Reads a revision; for anything else there is no number (REV-2). */
export function parseRevision(text: unknown, begun?: number): Point {
  return parseEntry(`a@${text}`, begun as number);
}

/** Notes what was told, and folds the oldest into their context, in the end into one without a number (REV-13). */
export function remember(memory: Memory, told: Told): void {
  const key = told.scope + told.epoch;
  const before = memory.get(key);
  memory.delete(key);
  memory.set(key, before && before.n > told.n ? { ...told, n: before.n } : told);
  if (memory.size > REMEMBERED) {
    const [oldest, old] = memory.entries().next().value as [string, Told];
    const scope = contextOf(old.scope);
    memory.delete(oldest);
    // Later than it was told: the last word on the whole context.
    remember(memory, {
      scope,
      epoch: scope === old.scope ? undefined : old.epoch,
      n: old.n,
      begun: told.begun,
    });
  }
}

/** Whether an answer or a copy holds what was told (REV-14). */
export function answers(told: Told, copy: Point): boolean {
  return told.epoch && told.epoch === copy.epoch
    ? copy.n >= told.n || !!copy.merged?.includes(told.n)
    : copy.begun > told.begun;
}

/** All that was told of an instance. */
export function toldOf(memory: Memory, address: string): Told[] {
  return [...memory.values()].filter(({ scope }) => covers(scope, address));
}

/** The value of `$min` for what was told, empty for nothing (REV-10). */
export function minOf(told: Told[]): string {
  const items: Record<string, number> = {};
  let min = '';
  for (const { epoch, n } of told)
    if (!epoch) min = ',*';
    else items[epoch] = Math.max(n, items[epoch] ?? 0);
  for (const epoch in items) min += `,${epoch}.${items[epoch]}`;
  return min.split(',').length > MAX_MIN_ITEMS + 1 ? '*' : min.slice(1);
}

/** The context's name in an address or a scope. */
export function contextOf(address: string): string {
  return /^[\w*]*/.exec(address)?.[0] as string;
}

/** Grows with the number of parameters; what has a member counts as `member`. */
export function widthOf(address: string, member: number): number {
  return address.includes('/') ? member : address.split('=').length;
}
