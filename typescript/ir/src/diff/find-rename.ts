/**
 * What something that is gone is probably called now: the one new thing that is equal to it, or of several
 * the one whose name shares most with it.
 */
export function findRename<T extends { name: string }>(
  gone: T,
  gained: readonly T[],
  isEqual: (a: T, b: T) => boolean,
): T | undefined {
  const equal = gained.filter((one) => isEqual(gone, one));
  if (equal.length < 2) return equal[0];
  const scored = equal.map((one) => ({ one, score: shared(gone.name, one.name) }));
  scored.sort((a, b) => b.score - a.score);
  return scored[0] !== undefined && scored[0].score > (scored[1]?.score ?? 0) ? scored[0].one : undefined;
}

/** How many letters two names have in common at their start or their end, case aside. */
function shared(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  const most = Math.min(x.length, y.length);
  let start = 0;
  while (start < most && x[start] === y[start]) start++;
  let end = 0;
  while (end < most && x.at(-1 - end) === y.at(-1 - end)) end++;
  return Math.max(start, end);
}
