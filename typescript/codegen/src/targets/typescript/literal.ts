import type { Json } from '@mizan/core';

/** What must not stand in source as it is: controls, line ends of JavaScript, and marks that reorder or hide text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be escaped
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;
const UNSAFE_ALL = new RegExp(`[\\ud800-\\udbff][\\udc00-\\udfff]|${UNSAFE.source}`, 'g');

/** A string literal in the quotes that need fewer escapes, single ones if equal. */
export function printString(text: string): string {
  let single = 0;
  let double = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x27) single++;
    else if (unit === 0x22) double++;
  }
  const quote = single > double ? '"' : "'";
  let body = text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
  if (quote === "'" ? single > 0 : double > 0) body = body.replaceAll(quote, `\\${quote}`);
  return `${quote}${escapeUnsafe(body)}${quote}`;
}

/** Text with each character that must not stand in source as it is written as an escape. */
export function escapeUnsafe(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replace(UNSAFE_ALL, (char) => {
    if (char.length > 1) return char;
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A JSON value as an expression on one line. */
export function printJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'string') return printString(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(', ')}]`;
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, item]) => `${printKey(key)}: ${printJson(item)}`).join(', ')} }`;
}

/** A number as the formatter leaves it: small letters, no sign on a positive exponent. */
function printNumber(value: number): string {
  return Object.is(value, -0) ? '0' : String(value).replace('e+', 'e');
}

function printKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printString(key);
}
