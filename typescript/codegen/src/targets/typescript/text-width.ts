// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins there
const PLAIN = /^[\u0000-\u007f]*$/;

/** Code points that fill two columns: East Asian wide ones and emoji. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23ec\u25fd\u25fe\u2614\u2615\u2648-\u2653\u26ce\u26d4\u2705\u274c\u2753-\u2757\u2795-\u2797\u27b0\u2b50\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6d2}\u{1f6eb}-\u{1f6fc}\u{1f7e0}-\u{1f7eb}\u{1f90c}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text fills on a screen, as the formatter counts them. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : /[\p{Mn}\p{Me}\p{Cf}]/u.test(char) ? 0 : 1;
  return width;
}
