import { covers } from '@mizan/core';

/** A point in a context's history, and when the client met it; without epoch there is no number. */
export interface Point {
  epoch: string | undefined;
  n: number;
  /** In ticks of the client: when the request began, or when it was told. */
  begun: number;
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
  const [, scope = '*', epoch, n = 0] = ENTRY.exec(text as string) ?? [];
  return { scope, epoch, n: +n, begun };
}

/** Reads a revision; for anything else there is no number (REV-2). */
export function parseRevision(text: unknown, begun: number): Point {
  return parseEntry(`a@${text}`, begun);
}

/** Notes what was told, and folds the oldest into their context, in the end into one without a number (REV-13). */
export function remember(memory: Memory, told: Told): void {
  const key = `${told.scope}@${told.epoch}`;
  const n = Math.max(told.n, memory.get(key)?.n ?? 0);
  memory.delete(key);
  memory.set(key, { ...told, n });
  if (memory.size > REMEMBERED) {
    const [oldest, old] = memory.entries().next().value as [string, Told];
    const scope = contextOf(old.scope);
    memory.delete(oldest);
    // Later than it was told, so that the newest word of a scope is the last one.
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
  return told.epoch && told.epoch === copy.epoch ? copy.n >= told.n : copy.begun > told.begun;
}

/** Whether it holds all that was told of an instance (REV-15). */
export function satisfies(memory: Memory, address: string, copy: Point): boolean {
  for (const told of memory.values()) if (!answers(told, copy) && covers(told.scope, address)) return false;
  return true;
}

/** The value of `$min` for an instance, empty when nothing was told of it (REV-10). */
export function minOf(memory: Memory, address: string): string {
  const items = new Map<string, number>();
  let any = '';
  for (const { scope, epoch, n } of memory.values())
    if (covers(scope, address)) {
      if (!epoch) any = '*';
      else if (n > (items.get(epoch) ?? 0)) items.set(epoch, n);
    }
  const texts = [...items].map((item) => item.join('.'));
  if (any) texts.unshift(any);
  return texts.length > MAX_MIN_ITEMS ? '*' : texts.join();
}

/** The context's name in an address or a scope. */
export function contextOf(address: string): string {
  return address.split(/[/?]/, 1)[0] as string;
}
