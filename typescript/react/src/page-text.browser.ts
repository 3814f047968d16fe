/** Stands for `page-text.ts` where only browsers load it, so that they do not load what servers need. */
export function pageText(): string {
  return '';
}
