/** Whole and decimal numbers as text (spec clauses VAL-63 to VAL-66), compared without a number type. */

const BIGINT = /^(?:0|-?[1-9]\d*)$/;
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const NEGATIVE_ZERO = /^-0(?:\.0+)?$/;

/** Whether a text is a bigint; the form is canonical as it is. */
export function isBigintText(text: string): boolean {
  return BIGINT.test(text);
}

/** Whether a text is a decimal; the form, scale included, is canonical as it is. */
export function isDecimalText(text: string): boolean {
  return DECIMAL.test(text) && !NEGATIVE_ZERO.test(text);
}

/** Orders two bigint or decimal texts by value: negative, zero or positive. */
export function compareNumberTexts(a: string, b: string): number {
  const minus = a.startsWith('-');
  if (minus !== b.startsWith('-')) return minus ? -1 : 1;
  const order = compareMagnitudes(minus ? a.slice(1) : a, minus ? b.slice(1) : b);
  return minus ? -order : order;
}

function compareMagnitudes(a: string, b: string): number {
  const [wholeA, fractionA] = split(a);
  const [wholeB, fractionB] = split(b);
  if (wholeA.length !== wholeB.length) return wholeA.length - wholeB.length;
  if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1;
  const [x, y] = [trimZeros(fractionA), trimZeros(fractionB)];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

/**
 * A test for multiples of a decimal of at most 14 digits. The value is divided digit by digit, so that its
 * size does not matter and every remainder stays exact in a double.
 */
export function compileMultipleOf(divisor: string): (text: string) => boolean {
  const [whole, fraction] = split(divisor);
  const scale = fraction.length;
  const by = Number(whole + fraction);
  return (text) => {
    const [digits, rest] = split(text.startsWith('-') ? text.slice(1) : text);
    const used = trimZeros(rest);
    if (used.length > scale) return false;
    let remainder = 0;
    for (const digit of digits + used.padEnd(scale, '0')) remainder = (remainder * 10 + +digit) % by;
    return remainder === 0;
  };
}

function split(text: string): [whole: string, fraction: string] {
  const point = text.indexOf('.');
  return point < 0 ? [text, ''] : [text.slice(0, point), text.slice(point + 1)];
}

function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}
