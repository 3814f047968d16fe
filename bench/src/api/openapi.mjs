/**
 * A contract as an OpenAPI document, for generators that start from one: the same names, types and notes.
 *
 * @param {import('@mizan/core').Contract} contract
 */
export function openapiOf({ functions, types }) {
  return {
    openapi: '3.1.0',
    info: { title: 'Bench', version: '1.0.0' },
    paths: Object.fromEntries(functions.map((fn) => [`/${fn.name}`, pathOf(fn)])),
    components: {
      schemas: Object.fromEntries(types.map(({ name, type, doc }) => [name, noted(schemaOf(type), doc)])),
    },
  };
}

/** @param {import('@mizan/core').FunctionDecl} fn */
function pathOf(fn) {
  const { name, doc, input, output, context } = fn;
  const responses = {
    200: { description: 'The result', content: { 'application/json': { schema: schemaOf(output) } } },
  };
  const base = { operationId: name, tags: [context ?? 'calls'], description: doc, responses };
  if (context !== undefined)
    return {
      get: {
        ...base,
        parameters: input.map((field) => ({
          name: field.name,
          in: 'query',
          required: isRequired(field),
          description: field.doc,
          schema: schemaOf(field.type),
        })),
      },
    };
  const schema = objectOf(input);
  return { post: { ...base, requestBody: { required: true, content: { 'application/json': { schema } } } } };
}

/** @param {readonly import('@mizan/core').Field[]} fields */
function objectOf(fields) {
  return {
    type: 'object',
    required: fields.filter(isRequired).map(({ name }) => name),
    properties: Object.fromEntries(fields.map(({ name, type, doc }) => [name, noted(schemaOf(type), doc)])),
  };
}

/** @param {import('@mizan/core').Field} field */
function isRequired({ optional, default: fallback }) {
  return !optional && fallback === undefined;
}

/** @param {object} schema @param {string | undefined} description */
function noted(schema, description) {
  return description === undefined ? schema : { ...schema, description };
}

/** @param {import('@mizan/core').TypeDecl['type'] | import('@mizan/core').Type} type @returns {Record<string, unknown>} */
function schemaOf(type) {
  switch (type.kind) {
    case 'int':
      return { type: 'integer' };
    case 'float':
      return { type: 'number' };
    case 'bool':
      return { type: 'boolean' };
    case 'null':
      return { type: 'null' };
    case 'list':
      return { type: 'array', items: schemaOf(type.items) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(type.values) };
    case 'nullable':
      return { anyOf: [schemaOf(type.of), { type: 'null' }] };
    case 'ref':
      return { $ref: `#/components/schemas/${type.name}` };
    case 'enum':
      return { type: 'string', enum: type.values };
    case 'struct':
      return objectOf(type.fields);
    default:
      return { type: 'string' };
  }
}
