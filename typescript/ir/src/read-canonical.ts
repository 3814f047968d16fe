import { type KdlNode, type KdlValue, noNodes, noProps, noValues, OddValue } from './kdl-node.ts';

/**
 * Reads text that is laid out as the canonical printer lays it out (IR-CANON): one node a line, two spaces a
 * level, values quoted in the one escape set. Gives nothing back at the first character that is otherwise;
 * the library then reads it. Contracts are nearly always canonical, and this is a dozen times quicker than a
 * parser that keeps comments, spacing and the places of every token.
 */
export function readCanonical(text: string): KdlNode[] | undefined {
  return foreign.test(text) ? undefined : new Lines(text).read();
}

/** What the printer never writes as itself. */
const foreign =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

const escaped = /\\(?:(["\\nrtbf])|u\{([0-9a-f]{1,6})\}|)/g;
const short: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const keywords = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Words that KDL takes for keywords that lack their `#`. */
const reserved = new Set(['true', 'false', 'null', 'inf', 'nan']);

const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const brace = 0x7b;
const lineEnd = 0x0a;

/** Thrown to leave from any depth; the text is not canonical. */
const otherwise = new Error('not canonical');

class Lines {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): KdlNode[] | undefined {
    try {
      return this.#nodes();
    } catch (error) {
      if (error === otherwise) return undefined;
      throw error;
    }
  }

  #nodes(): KdlNode[] {
    const text = this.#text;
    const roots: KdlNode[] = [];
    const open: KdlNode[][] = [];
    let siblings = roots;
    for (let line = 1; this.#at < text.length; line++) {
      const depth = open.length;
      const closing = text.startsWith('}', this.#at + 2 * (depth - 1)) && depth > 0;
      this.#indent(closing ? depth - 1 : depth);
      if (closing) {
        this.#at++;
        siblings = open.pop() as KdlNode[];
      } else {
        const node = this.#node(line, 2 * depth + 1);
        siblings.push(node);
        if (text.charCodeAt(this.#at) === space) {
          // Only ` {` ends the row of a node's values.
          this.#at += 2;
          open.push(siblings);
          siblings = [];
          node.children = siblings;
          if (open.length > 200) throw otherwise;
        }
      }
      if (text.charCodeAt(this.#at++) !== lineEnd) throw otherwise;
    }
    if (open.length > 0) throw otherwise;
    return roots;
  }

  #indent(depth: number): void {
    for (const end = this.#at + 2 * depth; this.#at < end; this.#at++) {
      if (this.#text.charCodeAt(this.#at) !== space) throw otherwise;
    }
  }

  #node(line: number, column: number): KdlNode {
    const name = this.#word();
    let args: KdlValue[] | undefined;
    let props: Map<string, KdlValue> | undefined;
    while (this.#text.charCodeAt(this.#at) === space && this.#text.charCodeAt(this.#at + 1) !== brace) {
      this.#at++;
      if (!isLetter(this.#text.charCodeAt(this.#at))) {
        args ??= [];
        args.push(this.#value());
        continue;
      }
      const key = this.#word();
      props ??= new Map();
      if (this.#text[this.#at++] !== '=' || props.has(key)) throw otherwise;
      props.set(key, this.#value());
    }
    return {
      name,
      args: args ?? noValues,
      props: props ?? noProps,
      children: noNodes,
      line,
      column,
      flaws: undefined,
    };
  }

  #word(): string {
    const word = this.#letters();
    if (word === '' || reserved.has(word)) throw otherwise;
    return word;
  }

  #letters(): string {
    const start = this.#at;
    while (isLetter(this.#text.charCodeAt(this.#at))) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #value(): KdlValue {
    const text = this.#text;
    switch (text[this.#at]) {
      case '"':
        return this.#string();
      case '#': {
        this.#at++;
        const value = keywords.get(this.#letters());
        if (value === undefined) throw otherwise;
        return value;
      }
      case '(': {
        if (!text.startsWith('(float)"', this.#at)) throw otherwise;
        this.#at += 7;
        return new OddValue(this.#string(), 'float');
      }
    }
    return this.#integer();
  }

  #integer(): number {
    const start = this.#at;
    if (this.#text[this.#at] === '-') this.#at++;
    const first = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at++;
    const text = this.#text.slice(start, this.#at);
    const value = Number(text);
    // `-0`, leading zeros and what a double cannot hold: the library's business.
    if (this.#at === first || String(value) !== text || !Number.isSafeInteger(value)) throw otherwise;
    return value;
  }

  #string(): string {
    const text = this.#text;
    const start = ++this.#at;
    let plain = true;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === quote) break;
      if (code === lineEnd || Number.isNaN(code)) throw otherwise;
      if (code === backslash) {
        plain = false;
        this.#at++;
      }
      this.#at++;
    }
    const inner = text.slice(start, this.#at++);
    return plain ? inner : inner.replace(escaped, fromEscape);
  }
}

function fromEscape(_match: string, letter: string | undefined, hex: string | undefined): string {
  if (letter !== undefined) return short[letter] ?? letter;
  const code = Number.parseInt(hex ?? '', 16);
  if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw otherwise;
  return String.fromCodePoint(code);
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
