/** The candidate that `word` was probably meant to be, if one is near enough: ` Did you mean "userId"?`, or nothing. */
export function suggest(word: string, candidates: Iterable<string>): string {
  const limit = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const away = distance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (away < least) {
      least = away;
      best = candidate;
    }
  }
  return best === undefined ? '' : ` Did you mean ${JSON.stringify(best)}?`;
}

/** Number of single edits between two words, or more than `limit` when that is certain by length. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > 64 || b.length > 64) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[b.length] as number;
}
