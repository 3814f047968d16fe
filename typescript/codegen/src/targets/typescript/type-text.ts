import { textWidth } from './text-width.ts';

/** Columns that a printed line may fill. */
export const LINE_WIDTH = 110;

/** A TypeScript type, as far as generated code needs types. Structs are always named, so nothing here nests deeply. */
export type TypeText =
  | { kind: 'word'; text: string }
  | { kind: 'array'; item: TypeText }
  | { kind: 'map'; value: TypeText }
  | { kind: 'union'; arms: TypeText[] };

/** A type of one word. */
export function word(text: string): TypeText {
  return { kind: 'word', text };
}

/** A union of one level; arms that are unions are taken apart, equal words are named once, `null` and `undefined` last. */
export function union(arms: readonly TypeText[]): TypeText {
  const flat: TypeText[] = [];
  const words = new Set<string>();
  const add = (arm: TypeText) => {
    if (arm.kind === 'union') return arm.arms.forEach(add);
    if (arm.kind !== 'word') return flat.push(arm);
    if (!words.has(arm.text)) flat.push(arm);
    return words.add(arm.text);
  };
  arms.forEach(add);
  const rank = (arm: TypeText) =>
    arm.kind !== 'word' ? 0 : arm.text === 'undefined' ? 2 : arm.text === 'null' ? 1 : 0;
  flat.sort((a, b) => rank(a) - rank(b));
  return flat.length === 1 ? (flat[0] as TypeText) : { kind: 'union', arms: flat };
}

/** The type on one line. */
export function flatType(type: TypeText): string {
  switch (type.kind) {
    case 'word':
      return type.text;
    case 'array':
      return type.item.kind === 'union' ? `(${flatType(type.item)})[]` : `${flatType(type.item)}[]`;
    case 'map':
      return `{ [key: string]: ${flatType(type.value)} }`;
    case 'union':
      return type.arms.map(flatType).join(' | ');
  }
}

/**
 * `head type tail` as the formatter leaves it: on one line if that fits, else broken from the outside in.
 * `head` ends in `:` or `=` and is already indented by `indent` blanks.
 */
export function printAfter(head: string, type: TypeText, indent: number, tail: string): string {
  const flat = flatType(type);
  if (head.length + 1 + textWidth(flat) + tail.length <= LINE_WIDTH) return `${head} ${flat}${tail}`;
  // A literal that is the whole of an alias goes to a line of its own.
  if (head.endsWith('=') && /^['"]/.test(flat) && type.kind === 'word') return `${head}\n  ${flat}${tail}`;
  if (type.kind === 'union' && !isHugged(type.arms)) {
    return `${head}${printArms(type.arms, indent + 2, tail.length)}${tail}`;
  }
  return `${head} ${breakType(type, indent, head.length + 1, tail.length)}${tail}`;
}

/** The formatter never parts `{ … } | null` and `Name | null`. */
export function isHugged(arms: readonly TypeText[]): boolean {
  const [first, second] = arms;
  if (arms.length !== 2 || second?.kind !== 'word' || second.text !== 'null') return false;
  return first?.kind === 'map' || (first?.kind === 'word' && /^[A-Z]/.test(first.text));
}

/** Arms on lines of their own, each after a line break. */
export function printArms(arms: readonly TypeText[], indent: number, tail: number): string {
  const pad = ' '.repeat(indent);
  return arms
    .map((arm, at) => {
      const flat = flatType(arm);
      const room = LINE_WIDTH - indent - 2 - (at === arms.length - 1 ? tail : 0);
      return `\n${pad}| ${textWidth(flat) <= room ? flat : breakType(arm, indent + 2, indent + 2, tail)}`;
    })
    .join('');
}

function breakType(type: TypeText, indent: number, column: number, tail: number): string {
  const pad = ' '.repeat(indent);
  switch (type.kind) {
    case 'word':
      return type.text;
    case 'array':
      if (type.item.kind !== 'union') return `${breakType(type.item, indent, column, tail + 2)}[]`;
      if (isHugged(type.item.arms)) return `(${breakType(type.item, indent, column + 1, tail + 3)})[]`;
      return `(${printArms(type.item.arms, indent + 2, 0)}\n${pad})[]`;
    case 'map':
      return `{\n${printIndex(type.value, `${pad}  `)}\n${pad}}`;
    case 'union':
      // Only a hugged union comes here: others are printed arm by arm by those who call.
      return `${breakType(type.arms[0] as TypeText, indent, column, tail)} | null`;
  }
}

/** An index signature; its key breaks when nothing of its value can. */
function printIndex(value: TypeText, pad: string): string {
  const head = `${pad}[key: string]:`;
  const flat = flatType(value);
  if (isUnbreakable(value) && head.length + textWidth(flat) + 2 > LINE_WIDTH) {
    return `${pad}[\n${pad}  key: string\n${pad}]: ${flat};`;
  }
  return printAfter(head, value, pad.length, ';');
}

function isUnbreakable(type: TypeText): boolean {
  return type.kind === 'word' || (type.kind === 'array' && isUnbreakable(type.item));
}
