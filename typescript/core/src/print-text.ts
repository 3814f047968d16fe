/**
 * What is not printed as itself: `"`, `\`, C0 and C1 controls, U+007F, marks that turn the direction of
 * text, line separators, U+FEFF, and surrogates, which are looked at again (IR-STRING).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const special = /["\\\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;

const short: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * A text as a quoted KDL string with the one stated escape set (IR-STRING). Throws a `RangeError` on a
 * lone surrogate, which no document can hold.
 */
export function printString(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of text) {
    if (char.length === 1 && special.test(char)) {
      const code = char.charCodeAt(0);
      if (code >= 0xd800 && code <= 0xdfff) throw new RangeError('a contract cannot hold a lone surrogate');
      out += short[char] ?? `\\u{${code.toString(16)}}`;
    } else out += char;
  }
  return `${out}"`;
}

/**
 * A number: a safe integer plainly, any other as annotated text in ECMAScript's form, so that no parser
 * of KDL rounds it (IR-NUMBER). Throws a `RangeError` on NaN and the infinities.
 */
export function printNumber(value: number): string {
  if (Number.isSafeInteger(value)) return value === 0 ? '0' : String(value);
  if (!Number.isFinite(value)) throw new RangeError(`a contract cannot hold ${value}`);
  return `(float)"${value}"`;
}
