import { textWidth } from './text-width.ts';
import { flatType, isHugged, LINE_WIDTH, printAfter, printArms, type TypeText } from './type-text.ts';

/** `export const name: generic<args> = create(values, options)`, the form of every value that is generated. */
export interface ConstText {
  name: string;
  generic: string;
  args: TypeText[];
  create: string;
  values: string[];
  /** Fields of a last argument that is an object; none: it is left out. */
  options?: Option[];
}

/** A field of an object: an expression of one word, or an object of such. */
export interface Option {
  key: string;
  value: string | Option[];
}

/** Texts up to this length count as too short to be worth a line of their own. */
const SHORT = Math.floor(LINE_WIDTH / 4);

/** After a key up to this length a line break would gain next to nothing. */
const SHORT_KEY = 4;

/** Prints the declaration as the formatter leaves it. */
export function printConst(parts: ConstText): string {
  const name = `export const ${parts.name}: ${parts.generic}<`;
  const flatArgs = parts.args.map(flatType).join(', ');
  const create = `/* @__PURE__ */ ${parts.create}(`;
  const values = [...parts.values, ...flatOptions(parts)].join(', ');
  const left = `${name}${flatArgs}> =`;
  const whole = `${left} ${create}${values});\n`;
  if (textWidth(whole) - 1 <= LINE_WIDTH) return whole;
  const width = textWidth(left);
  const needed = isComplex(parts.args) ? width + 1 + create.length : width;
  if (needed > LINE_WIDTH) return `${printTypeArgs(name, parts.args)} = ${printCall(create, parts, 4, 0)}`;
  if (isComplex(parts.args)) return `${left} ${printCall(create, parts, width + 1, 0)}`;
  const short =
    parts.values.length === 1 && parts.options === undefined && (parts.values[0] as string).length <= SHORT;
  if (short || width + 1 + create.length > LINE_WIDTH) {
    return `${left}\n  ${printCall(create, parts, 2, 2)}`;
  }
  return `${left} ${printCall(create, parts, width + 1, 0)}`;
}

/** `export type name = generic<args>;` as the formatter leaves it. */
export function printAlias(name: string, generic: string, args: readonly TypeText[]): string {
  const head = `export type ${name} = ${generic}<`;
  const flat = `${head}${args.map(flatType).join(', ')}>;\n`;
  return textWidth(flat) - 1 <= LINE_WIDTH ? flat : `${printTypeArgs(head, args)};\n`;
}

/** With a generic type among them, the formatter breaks type arguments when the call cannot begin beside them. */
function isComplex(args: readonly TypeText[]): boolean {
  return args.length > 1 && args.some((arg) => arg.kind === 'word' && arg.text.endsWith('>'));
}

function flatOptions(parts: ConstText): string[] {
  return parts.options ? [flatValue(parts.options)] : [];
}

function flatValue(value: string | readonly Option[]): string {
  if (typeof value === 'string') return value;
  return `{ ${value.map((option) => `${option.key}: ${flatValue(option.value)}`).join(', ')} }`;
}

/** Fields, each on its line, as deep as it takes. */
function printOptions(options: readonly Option[], pad: string): string {
  return options
    .map(({ key, value }) => {
      const flat = `${pad}${key}: ${flatValue(value)},\n`;
      if (textWidth(flat) - 1 <= LINE_WIDTH) return flat;
      if (typeof value === 'string')
        return key.length <= SHORT_KEY ? flat : `${pad}${key}:\n${pad}  ${value},\n`;
      return `${pad}${key}: {\n${printOptions(value, `${pad}  `)}${pad}},\n`;
    })
    .join('');
}

function printTypeArgs(head: string, args: readonly TypeText[]): string {
  const lines = args.map((arg, at) => {
    const tail = at === args.length - 1 ? '' : ',';
    if (
      arg.kind === 'union' &&
      !isHugged(arg.arms) &&
      textWidth(flatType(arg)) + 2 + tail.length > LINE_WIDTH
    ) {
      return `${printArms(arg.arms, 2, tail.length).slice(1)}${tail}`;
    }
    return `${printAfter(' ', arg, 2, tail)}`;
  });
  return `${head}\n${lines.join('\n')}\n>`;
}

/** The call from `column` on: on one line, else with its object open, else with each argument on its line. */
function printCall(create: string, parts: ConstText, column: number, indent: number): string {
  const pad = ' '.repeat(indent);
  const flat = `${create}${[...parts.values, ...flatOptions(parts)].join(', ')});`;
  if (column + textWidth(flat) <= LINE_WIDTH) return `${flat}\n`;
  const { options, values } = parts;
  if (options) {
    const head = `${create}${values.join(', ')}, {`;
    if (column + textWidth(head) <= LINE_WIDTH) {
      return `${head}\n${printOptions(options, `${pad}  `)}${pad}});\n`;
    }
  }
  const lines = values.map((value) => `${pad}  ${value},\n`).join('');
  return `${create}\n${lines}${options ? printLastOptions(options, `${pad}  `) : ''}${pad});\n`;
}

function printLastOptions(options: readonly Option[], pad: string): string {
  const flat = `${pad}${flatValue(options)},\n`;
  return textWidth(flat) - 1 <= LINE_WIDTH ? flat : `${pad}{\n${printOptions(options, `${pad}  `)}${pad}},\n`;
}
