/**
 * The types of a contract as plain interfaces.
 *
 * @param {import('@mizan/core').Contract} contract
 */
export function printInterfaces({ types }) {
  return types
    .map(({ name, type }) =>
      type.kind === 'struct'
        ? `export interface ${name} {\n${printFields(type.fields)}}\n`
        : `export type ${name} = ${typeText(type)};\n`,
    )
    .join('\n');
}

/** The members of an interface. @param {readonly import('@mizan/core').Field[]} fields */
export function printFields(fields) {
  return fields
    .map(({ name, type, optional, default: fallback }) => {
      const open = optional || fallback !== undefined;
      return `  ${name}${open ? '?' : ''}: ${typeText(type)}${open ? ' | undefined' : ''};\n`;
    })
    .join('');
}

/** One type as TypeScript. @param {import('@mizan/core').Type} type @returns {string} */
export function typeText(type) {
  switch (type.kind) {
    case 'int':
    case 'float':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'null':
      return 'null';
    case 'list':
      return `${typeText(type.items)}[]`;
    case 'map':
      return `Record<string, ${typeText(type.values)}>`;
    case 'nullable':
      return `${typeText(type.of)} | null`;
    case 'ref':
      return type.name;
    case 'enum':
      return type.values.map((value) => `'${value}'`).join(' | ');
    default:
      return 'string';
  }
}
