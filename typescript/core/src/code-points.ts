type WellFormed = (this: string) => boolean;

const native = (String.prototype as { isWellFormed?: WellFormed }).isWellFormed;
const LONE = /\p{Surrogate}/u;

/** Whether a text is valid Unicode: every surrogate is half of a pair. */
export const isWellFormed: (text: string) => boolean =
  native === undefined ? (text) => !LONE.test(text) : (text) => native.call(text);

/** Length in code points, which is what `minLength` and `maxLength` count. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    // The second half of a pair; a lone one never gets here.
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}
