import { compilePattern } from '@mizan/core';

/** A pattern of the contract, or why there is none. */
export type PatternReading = { pattern: string } | { problem: string; mend: string };

/**
 * Turns the source of a JavaScript regular expression into an I-Regexp (RFC 9485) that matches whole texts:
 * anchors become the ends, `\d` and `\w` their ASCII ranges, a group without capture a plain one.
 */
export function pattern(source: string): PatternReading {
  const starts = source.startsWith('^');
  const ends = /(?:^|[^\\])(?:\\\\)*\$$/.test(source);
  const body = translate(source.slice(starts ? 1 : 0, ends ? -1 : undefined));
  if (body === undefined) return refusal(source, undefined);
  const alternatives = hasTopLevelBar(body);
  // `^a|b$` is anchored on one side of each, which no I-Regexp is.
  if (alternatives && (starts || ends)) return refusal(source, 'an alternative outside of a group');
  const whole = alternatives ? `(${body})` : body;
  const text = `${starts ? '' : ANYTHING}${whole}${ends ? '' : ANYTHING}`;
  try {
    compilePattern(text);
    return { pattern: text };
  } catch (error) {
    return refusal(source, (error as Error).message);
  }
}

const ANYTHING = '(.|[\\n\\r])*';

function refusal(source: string, why: string | undefined): PatternReading {
  return {
    problem: `the pattern /${source}/ is no I-Regexp (RFC 9485)${why === undefined ? '' : `: ${why}`}`,
    mend: 'Write it without lookaround, back references and flags, or move it into a refinement; a text of a known form has format "date-time", "time", "bytes", ….',
  };
}

const SHORTHANDS: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_' };

/** What an I-Regexp escapes; it writes other marks as themselves. */
const ESCAPABLE = '()*+-.?[\\]^{|}';

/** Undefined where there is a construct that no I-Regexp has. */
function translate(source: string): string | undefined {
  let text = '';
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] as string;
    if (char === '\\') {
      const next = source[++at];
      if (next === undefined) return undefined;
      const ranges = SHORTHANDS[next];
      if (ranges !== undefined) text += inClass ? ranges : `[${ranges}]`;
      else if (/[^A-Za-z0-9]/.test(next) && !ESCAPABLE.includes(next)) text += next;
      else text += `\\${next}`;
    } else if (!inClass && char === '(' && source.startsWith('(?', at)) {
      if (!source.startsWith('(?:', at)) return undefined;
      text += '(';
      at += 2;
    } else if (!inClass && (char === '^' || char === '$')) return undefined;
    // A quantifier that takes as little as possible matches the same whole texts.
    else if (
      !inClass &&
      char === '?' &&
      /[*+?}]$/.test(source.slice(0, at)) &&
      !/\\[*+?}]$/.test(source.slice(0, at))
    )
      continue;
    else {
      if (char === '[' && !inClass) inClass = true;
      else if (char === '[') {
        text += '\\[';
        continue;
      } else if (char === ']') inClass = false;
      text += char;
    }
  }
  return text;
}

function hasTopLevelBar(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) return true;
  }
  return false;
}
