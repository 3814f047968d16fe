/** Python source with parts of it blanked, so that places are the same in all texts. */
export interface PythonSource {
  text: string;
  /** Without comments. */
  bare: string;
  /** Without comments and without what stands between quotes. */
  code: string;
}

/** Blanks comments and the inside of strings, and keeps every line end. */
export function readPython(text: string): PythonSource {
  let bare = '';
  let code = '';
  const take = (part: string, inBare: boolean, inCode: boolean) => {
    const blank = part.replace(/[^\n]/g, ' ');
    bare += inBare ? part : blank;
    code += inCode ? part : blank;
  };
  const token = /#[^\n]*|("""|'''|"|')/g;
  let at = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    take(text.slice(at, match.index), true, true);
    const quote = match[1];
    const start = match.index;
    if (quote === undefined) take(match[0], false, false);
    else {
      token.lastIndex = endOfString(text, start + quote.length, quote);
      take(quote, true, true);
      take(text.slice(start + quote.length, token.lastIndex - quote.length), true, false);
      take(text.slice(token.lastIndex - quote.length, token.lastIndex), true, true);
    }
    at = token.lastIndex;
  }
  take(text.slice(at), true, true);
  return { text, bare, code };
}

function endOfString(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (text[at] === '\n' && quote.length === 1) return at + 1;
  }
  return text.length;
}

/** Where the bracket closes that opens at `open`; `undefined` when it does not. */
export function closingBracket(code: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if ('([{'.includes(code[at] as string)) depth++;
    else if (')]}'.includes(code[at] as string) && --depth === 0) return at;
  }
  return undefined;
}

/** A list that a module assigns at its top level. */
export interface PythonList {
  /** Of its brackets. */
  open: number;
  close: number;
  /** The texts in it, as far as they are strings. */
  strings: string[];
}

/** The list or tuple that `name` is assigned; `undefined` when that is not the case exactly once. */
export function findList(source: PythonSource, name: string): PythonList | undefined {
  const assigned = new RegExp(`^${name}[ \\t]*(?::[^=\\n]*)?=[ \\t]*([[(])?`, 'gm');
  const all = [...source.code.matchAll(assigned)];
  const [made] = all;
  if (all.length !== 1 || made?.[1] === undefined) return undefined;
  const open = made.index + made[0].length - 1;
  const close = closingBracket(source.code, open);
  if (close === undefined) return undefined;
  const strings = [...source.bare.slice(open, close).matchAll(/(["'])((?:(?!\1)[^\\\n])*)\1/g)];
  return { open, close, strings: strings.map((match) => match[2] as string) };
}

/** A module's text with one more item at the start or the end of a list. */
export function addToList(
  { code, text }: PythonSource,
  { close, open }: PythonList,
  item: string,
  place: 'first' | 'last',
): string {
  const inside = code.slice(open + 1, close);
  if (inside.trim() === '') return text.slice(0, open + 1) + item + text.slice(close);
  const indent = /\n([ \t]+)\S/.exec(inside)?.[1] ?? '    ';
  const insert = (at: number, part: string) => text.slice(0, at) + part + text.slice(at);
  if (place === 'first') {
    const lineEnd = code.indexOf('\n', open);
    const alone = lineEnd !== -1 && lineEnd < close && code.slice(open + 1, lineEnd).trim() === '';
    return alone ? insert(lineEnd, `\n${indent}${item},`) : insert(open + 1, `${item}, `);
  }
  const last = open + inside.trimEnd().length;
  const comma = code[last] === ',';
  const lineEnd = code.indexOf('\n', last);
  if (lineEnd === -1 || lineEnd > close) return insert(last + 1, `${comma ? '' : ','} ${item}`);
  const added = `${text.slice(0, lineEnd)}\n${indent}${item},${text.slice(lineEnd)}`;
  return comma ? added : `${added.slice(0, last + 1)},${added.slice(last + 1)}`;
}

/** The quote that a part of a module is written with. */
export function quoteOf(code: string): string {
  return /["']/.exec(code)?.[0] ?? '"';
}
