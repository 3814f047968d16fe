import { compareText } from './compare-text.ts';
import type { Json, Type } from './contract.ts';
import { printNumber, printString } from './print-text.ts';

/** Prints one type as a node, its lines indented by `pad` (IR-TYPE). */
export function printType(type: Type, pad: string): string {
  switch (type.kind) {
    case 'string':
      return `${pad}string${size(type.maxLength, 'maxLength')}${size(type.minLength, 'minLength')}${
        type.pattern === undefined ? '' : ` pattern=${printString(type.pattern)}`
      }\n`;
    case 'int':
    case 'float':
      return `${pad}${type.kind}${size(type.max, 'max')}${size(type.min, 'min')}${
        type.kind === 'int' ? size(type.multipleOf, 'multipleOf') : ''
      }\n`;
    case 'bigint':
    case 'decimal':
      return `${pad}${type.kind}${bound(type.max, 'max')}${bound(type.min, 'min')}${
        type.kind === 'decimal' ? bound(type.multipleOf, 'multipleOf') : ''
      }\n`;
    case 'null':
      // KDL keeps the word `null` for itself.
      return `${pad}nothing\n`;
    case 'bool':
    case 'datetime':
    case 'date':
    case 'time':
    case 'duration':
    case 'uuid':
    case 'bytes':
    case 'json':
      return `${pad}${type.kind}\n`;
    case 'upload':
      return `${pad}upload${size(type.maxSize, 'maxSize')}${
        type.accept === undefined ? '' : ` {\n${pad}  accept${texts(type.accept)}\n${pad}}`
      }\n`;
    case 'list':
    case 'map':
      return `${pad}${type.kind}${size(type.maxItems, 'maxItems')}${size(type.minItems, 'minItems')} {\n${printType(
        type.kind === 'list' ? type.items : type.values,
        `${pad}  `,
      )}${pad}}\n`;
    case 'nullable':
      return `${pad}nullable {\n${printType(type.of, `${pad}  `)}${pad}}\n`;
    case 'ref':
      return `${pad}ref ${printString(type.name)}\n`;
    case 'enum':
      return `${pad}enum${texts(type.values)}\n`;
    case 'union': {
      const arms = type.arms.map((arm) => printType(arm, `${pad}  `)).sort(compareText);
      return `${pad}union tag=${type.tag === undefined ? '#null' : printString(type.tag)} {\n${arms.join('')}${pad}}\n`;
    }
  }
}

/**
 * Prints a JSON value as the one argument or child of the node that `head` opens: `default 1`, or
 * `default { list { item 1 } }` (IR-VALUE).
 */
export function printValue(head: string, value: Json, pad: string): string {
  if (value === null) return `${pad}${head} #null\n`;
  switch (typeof value) {
    case 'boolean':
      return `${pad}${head} #${value}\n`;
    case 'number':
      return `${pad}${head} ${printNumber(value)}\n`;
    case 'string':
      return `${pad}${head} ${printString(value)}\n`;
  }
  const inner = `${pad}    `;
  const items = Array.isArray(value)
    ? value.map((item) => printValue('item', item, inner))
    : Object.keys(value)
        .sort(compareText)
        .map((key) => printValue(`entry ${printString(key)}`, value[key] as Json, inner));
  const kind = Array.isArray(value) ? 'list' : 'map';
  return items.length === 0
    ? `${pad}${head} {\n${pad}  ${kind}\n${pad}}\n`
    : `${pad}${head} {\n${pad}  ${kind} {\n${items.join('')}${pad}  }\n${pad}}\n`;
}

function size(value: number | undefined, name: string): string {
  return value === undefined ? '' : ` ${name}=${printNumber(value)}`;
}

function bound(value: string | undefined, name: string): string {
  return value === undefined ? '' : ` ${name}=${printString(value)}`;
}

function texts(values: readonly string[]): string {
  let out = '';
  for (const value of [...values].sort(compareText)) out += ` ${printString(value)}`;
  return out;
}
