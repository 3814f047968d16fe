/**
 * A program that calls every function of a contract and touches each result, so that no type goes unlooked at.
 *
 * @param {import('@mizan/core').Contract} contract
 * @param {string} head its imports
 * @param {(fn: import('@mizan/core').FunctionDecl, args: string, group: number) => string} callOf one call as an
 *   expression that gives a promise
 */
export function printUse({ functions, types }, head, callOf) {
  const byName = new Map(types.map(({ name, type }) => [name, type]));
  const uses = functions.map((fn, at) => {
    const required = fn.input.filter((field) => !field.optional && field.default === undefined);
    const args = required.map(({ name, type }) => `${name}: ${sampleOf(type)}`);
    const call = callOf(fn, args.length === 0 ? '{}' : `{ ${args.join(', ')} }`, Math.floor(at / 10));
    return `export async function use${at}() {\n  const value = await ${call};\n  return ${touchOf(fn.output)};\n}\n`;
  });
  return `${head}\n${uses.join('\n')}`;

  /** @param {import('@mizan/core').Type} type @returns {string} */
  function sampleOf(type) {
    if (type.kind === 'int' || type.kind === 'float') return '1';
    if (type.kind === 'ref')
      return sampleOf(/** @type {import('@mizan/core').Type} */ (byName.get(type.name)));
    return type.kind === 'enum' ? `'${type.values[0]}'` : `'text'`;
  }

  /** @param {import('@mizan/core').Type} type @param {string} [value] @returns {string} */
  function touchOf(type, value = 'value') {
    if (type.kind === 'int') return `${value}.toFixed()`;
    if (type.kind === 'list') return `${value}.length`;
    if (type.kind === 'nullable') return touchOf(type.of, `${value}?`);
    const declared = type.kind === 'ref' ? byName.get(type.name) : undefined;
    if (declared?.kind === 'struct') return `${value}.${declared.fields[0]?.name}`;
    return value;
  }
}
