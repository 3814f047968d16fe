const TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"';
const TAG_LIST = new RegExp(`^[ \\t]*${TAG}(?:[ \\t]*,(?:[ \\t]*${TAG})?)*[ \\t]*$`);

/** Longer fields come from nobody who holds one of our answers. */
const LONGEST = 4096;

/** Whether `If-None-Match` names this tag: weak comparison, and what is not well formed does not match (BUN-11). */
export function matchesTag(field: string, tag: string): boolean {
  if (field === tag) return true;
  const trimmed = field.trim();
  if (trimmed === '*') return true;
  if (field.length > LONGEST || !TAG_LIST.test(trimmed)) return false;
  return trimmed.match(/"[^"]*"/g)?.includes(tag) === true;
}
