import type { SourcePlace } from '@mizan/core';
import { escapeUnsafe } from './literal.ts';

/** What a doc comment can say. */
export interface DocParts {
  doc?: string | undefined;
  /** A line of our own, after the author's words. */
  note?: string | undefined;
  deprecated?: string | undefined;
  see?: SourcePlace | undefined;
}

/** A doc comment with its last line end, or nothing when there is nothing to say. No text can end the comment. */
export function printDoc(parts: DocParts, pad = ''): string {
  if (!parts.doc && !parts.note && parts.deprecated === undefined && !parts.see) return '';
  if (
    parts.doc === undefined &&
    parts.note &&
    parts.deprecated === undefined &&
    !parts.see &&
    PLAIN.test(parts.note)
  ) {
    return `${pad}/** ${parts.note} */\n`;
  }
  const lines: string[] = [];
  if (parts.doc) lines.push(...textLines(parts.doc));
  if (parts.note) {
    if (lines.length > 0) lines.push('');
    lines.push(...textLines(parts.note));
  }
  const tags: string[] = [];
  if (parts.deprecated !== undefined) {
    const [first = '', ...rest] = textLines(parts.deprecated);
    tags.push(`@deprecated ${first}`.trimEnd(), ...rest);
  }
  if (parts.see) tags.push(`@see ${escapeComment(parts.see.path)}:${parts.see.line}`);
  if (tags.length > 0 && lines.length > 0) lines.push('');
  lines.push(...tags);
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${pad}/** ${lines[0]} */\n`;
  return `${pad}/**\n${lines.map((line) => (line === '' ? `${pad} *\n` : `${pad} * ${line}\n`)).join('')}${pad} */\n`;
}

/** One line of what needs no escaping; most documentation is. */
const PLAIN = /^[ -)+-~]+$/;

function textLines(text: string): string[] {
  if (PLAIN.test(text)) return [text.trimEnd()];
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => escapeComment(line).trimEnd());
  while (lines.length > 0 && lines[0] === '') lines.shift();
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines;
}

function escapeComment(text: string): string {
  return escapeUnsafe(text.replaceAll('\t', '  ')).replaceAll('*/', '*\\/');
}
