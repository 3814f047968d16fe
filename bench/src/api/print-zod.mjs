/**
 * The types of a contract as exported Zod schemas, as the author of a server would write them.
 *
 * @param {import('@mizan/core').Contract} contract
 */
export function printSchemas({ types }) {
  const done = new Set();
  const byName = new Map(types.map((one) => [one.name, one]));
  /** @type {string[]} */
  const lines = [];
  /** @param {string} name */
  const print = (name) => {
    const declared = byName.get(name);
    if (done.has(name) || !declared) return;
    done.add(name);
    for (const used of JSON.stringify(declared.type).matchAll(/"kind":"ref","name":"(\w+)"/g))
      print(used[1] ?? '');
    lines.push(`export const ${name} = ${zodOf(declared.type)};`);
  };
  for (const { name } of types) print(name);
  return `import { z } from 'zod';\n\n${lines.join('\n')}\n`;
}

/** The fields of an input as an object literal of Zod schemas. @param {readonly import('@mizan/core').Field[]} fields */
export function zodFields(fields) {
  const list = fields.map(({ name, type, optional, default: fallback }) => {
    const end =
      fallback !== undefined ? `.default(${JSON.stringify(fallback)})` : optional ? '.optional()' : '';
    return `${name}: ${zodOf(type)}${end}`;
  });
  return list.length === 0 ? '{}' : `{ ${list.join(', ')} }`;
}

/** One type as a Zod expression. @param {import('@mizan/core').TypeDecl['type'] | import('@mizan/core').Type} type @returns {string} */
export function zodOf(type) {
  switch (type.kind) {
    case 'int':
      return 'z.int()';
    case 'float':
      return 'z.number()';
    case 'bool':
      return 'z.boolean()';
    case 'null':
      return 'z.null()';
    case 'string':
      return `z.string()${type.minLength ? `.min(${type.minLength})` : ''}${type.maxLength ? `.max(${type.maxLength})` : ''}`;
    case 'uuid':
      return 'z.uuid()';
    case 'date':
      return 'z.iso.date()';
    case 'datetime':
      return 'z.iso.datetime()';
    case 'list':
      return `z.array(${zodOf(type.items)})`;
    case 'map':
      return `z.record(z.string(), ${zodOf(type.values)})`;
    case 'nullable':
      return `${zodOf(type.of)}.nullable()`;
    case 'ref':
      return type.name;
    case 'enum':
      return `z.enum(${JSON.stringify(type.values)})`;
    case 'struct':
      return `z.object(${zodFields(type.fields)})`;
    default:
      return 'z.string()';
  }
}
