import type { Constant, Value } from './constants.ts';

const WIDTH = 110;

/** Prints the TypeScript module, as the project's formatter would. */
export function printTypeScript(constants: readonly Constant[]): string {
  const parts = ['// Generated from spec/tables by tools/generate-tables.ts; do not edit.\n'];
  for (const constant of constants) {
    parts.push(
      `\n/** ${constant.doc} */\nexport const ${constant.name} = ${printValue(constant.value, 0)} as const;\n`,
    );
    if (constant.typeName === undefined) continue;
    const keys = Array.isArray(constant.value) ? 'number' : `keyof typeof ${constant.name}`;
    const type = Array.isArray(constant.value) ? `(typeof ${constant.name})[${keys}]` : keys;
    parts.push(`\n/** A name in \`${constant.name}\`. */\nexport type ${constant.typeName} = ${type};\n`);
  }
  return parts.join('');
}

function printValue(value: Value, indent: number, used = 40): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map(quote);
    const line = `[${items.join(', ')}]`;
    if (indent + used + line.length <= WIDTH) return line;
    return `[\n${items.map((item) => `${pad}  ${item},\n`).join('')}${pad}]`;
  }
  const lines = Object.entries(value).map(
    ([key, item]) => `${pad}  ${printKey(key)}: ${printValue(item, indent + 2, key.length + 3)},\n`,
  );
  return `{\n${lines.join('')}${pad}}`;
}

function printKey(key: string): string {
  return /^([A-Za-z_]\w*|[1-9]\d*)$/.test(key) ? key : quote(key);
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
