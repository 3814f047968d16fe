/** Whether a text is valid Unicode: every surrogate is half of a pair. */
export function isWellFormed(text: string): boolean {
  // ES2024, in Node since 20; not yet in the compiler's ES2023.
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

/** Length in code points, which is what `minLength` and `maxLength` count. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    // The second half of a pair; a lone one never gets here.
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}
