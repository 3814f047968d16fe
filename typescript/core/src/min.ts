import { LIMITS } from './generated/tables.ts';
import { formatRevision, parseRevision, type Revision } from './revision.ts';

/** What a reader was told of and asks for (REV-10): numbers by epoch, and whether one was without a number. */
export interface Min {
  any: boolean;
  revisions: Revision[];
}

/** Reads the value of `$min`: `*`, revisions, or both, joined by commas; undefined when it is not in this form. */
export function parseMin(text: string): Min | undefined {
  const items = text.split(',');
  if (items.length > LIMITS.minItems) return undefined;
  const any = items[0] === '*';
  const revisions: Revision[] = [];
  for (const item of any ? items.slice(1) : items) {
    const revision = parseRevision(item);
    if (revision === undefined) return undefined;
    revisions.push(revision);
  }
  return { any, revisions };
}

/** Whether the text can stand after `$min=`. */
export function isMin(text: string): boolean {
  return parseMin(text) !== undefined;
}

/** The value of `$min` for these told numbers (REV-10). More than fit are asked for as `*`. */
export function formatMin(min: Min): string {
  const items = min.revisions.map(formatRevision);
  if (min.any) items.unshift('*');
  return items.length > LIMITS.minItems ? '*' : items.join(',');
}

/** Whether an entry of the server's own cache may answer (REV-11): every number is of this epoch and reached. */
export function reachesMin(min: Min, epoch: string, changedAt: number): boolean {
  return !min.any && min.revisions.every((told) => told.epoch === epoch && told.n <= changedAt);
}

/**
 * The revision of an answer whose members ran for a `$min` (REV-12): a number that the record lost is given
 * back, unless it is not yet below the clock.
 */
export function revisionForMin(read: Revision, min: Min, now: number): Revision {
  let n = read.n;
  for (const told of min.revisions) if (told.epoch === read.epoch && told.n > n && told.n < now) n = told.n;
  return n === read.n ? read : { epoch: read.epoch, n };
}
