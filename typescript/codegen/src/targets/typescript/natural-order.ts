/** Orders names as the formatter orders imports: signs, then numbers by value, then letters as `A a B b`. */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isDigit(x) && isDigit(y)) {
      const first = digits(a, i);
      const second = digits(b, j);
      if (first !== second) {
        const order = Number(first) - Number(second);
        if (order !== 0) return order;
      }
      i += first.length;
      j += second.length;
      continue;
    }
    if (x !== y) return rank(x) - rank(y);
    i++;
    j++;
  }
  return a.length - i - (b.length - j);
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function digits(text: string, from: number): string {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end++;
  return text.slice(from, end);
}

function rank(unit: number): number {
  if (isDigit(unit)) return 200 + unit;
  const lower = unit | 32;
  if (lower >= 97 && lower <= 122) return 300 + lower * 2 + (unit === lower ? 1 : 0);
  return unit === 46 ? 0 : unit;
}
