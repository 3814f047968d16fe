import type { Constant, Value } from './constants.ts';

const WIDTH = 88;

/** Prints the Python module, as ruff would format it. */
export function printPython(constants: readonly Constant[]): string {
  const parts = [
    '"""Generated from spec/tables by tools/generate-tables.ts; do not edit."""\n',
    '\nfrom collections.abc import Mapping\nfrom typing import Final, Literal\n',
  ];
  for (const constant of constants) {
    const comment = wrap(constant.doc, WIDTH - 2).map((line) => `# ${line}\n`);
    const start = `${constant.name}: Final[${typeOf(constant.value)}] = `;
    parts.push(`\n${comment.join('')}${start}${printValue(constant.value, 0, start.length)}\n`);
    if (constant.typeName === undefined) continue;
    const keys = Array.isArray(constant.value) ? constant.value : Object.keys(constant.value);
    parts.push(`\n${constant.typeName} = Literal[\n${keys.map((key) => `    ${quote(key)},\n`).join('')}]\n`);
  }
  return parts.join('');
}

function typeOf(value: Value): string {
  if (Array.isArray(value)) return 'tuple[str, ...]';
  if (typeof value === 'string') return 'str';
  if (typeof value !== 'object') return typeof value === 'boolean' ? 'bool' : 'int';
  const entries = Object.entries(value);
  const key = entries.every(([name]) => isNumeric(name)) ? 'int' : 'str';
  return `Mapping[${key}, ${typeOf(entries[0]?.[1] ?? '')}]`;
}

function printValue(value: Value, indent: number, used: number): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map(quote);
    const line = items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    // A line inside a dict ends with a comma, which counts.
    if (indent + used + line.length + (indent > 0 ? 1 : 0) <= WIDTH) return line;
    return `(\n${items.map((item) => `${pad}    ${item},\n`).join('')}${pad})`;
  }
  const lines = Object.entries(value).map(([name, item]) => {
    const key = isNumeric(name) ? name : quote(name);
    return `${pad}    ${key}: ${printValue(item, indent + 4, key.length + 2)},\n`;
  });
  return `{\n${lines.join('')}${pad}}`;
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

function isNumeric(text: string): boolean {
  return /^\d+$/.test(text);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
