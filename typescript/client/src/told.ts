import { headOf } from './address.ts';

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

const ENTRY = /^([a-z]\w*(?:\/\w+)?(?:\?\w+=[^@]*)?)(?:@([a-z\d]{1,12})\.(\d{1,16}))?$/;

/** Reads an entry of `invalidate`; one that is not well formed means everything (INV-13). */
export function parseEntry(text: unknown, begun: number): Told {
  const [, scope = '*', epoch, n = 0] = ENTRY.exec(text as string) ?? [];
  return { scope, epoch, n: +n, begun };
}

/** Reads a revision; for anything else there is no number (REV-2). */
export function parseRevision(text: unknown, begun = 0): Point {
  return parseEntry(`a@${text}`, begun);
}

/** What a client was told, oldest first. */
export type Memory = Map<string, Told>;

/**
 * Notes what was told. The oldest of more than 64 are folded into all instances of their head, then into those
 * without a number, in the end into everything (REV-13).
 */
export function remember(memory: Memory, told: Told): void {
  const key = told.scope + told.epoch;
  const before = memory.get(key);
  memory.delete(key);
  memory.set(key, { ...told, n: Math.max(told.n, before?.n ?? 0) });
  if (memory.size > 64) {
    const [[oldest, { scope, epoch, n }]] = memory as unknown as [[string, Told]];
    const head = headOf(scope);
    memory.delete(oldest);
    remember(memory, {
      scope: head === scope && !epoch ? '*' : head,
      epoch: head === scope ? undefined : epoch,
      n,
      // Later than it was told: the last word on all of them.
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

/** The value of `$min` for what was told, empty for nothing (REV-10). */
export function minOf(told: Told[]): string {
  // Any word may be an epoch, constructor too.
  const highest = { __proto__: null } as unknown as Record<string, number>;
  for (const { epoch = '*', n } of told) highest[epoch] = Math.max(n, highest[epoch] ?? 0);
  // The star comes before all letters and digits.
  const points = Object.entries(highest).sort();
  return points[8] ? '*' : points.map((point) => (point[0] === '*' ? '*' : point.join('.'))).join();
}
