import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, readJsonSchema } from './json-schema.ts';
import type { Node } from './schema-node.ts';

const read = (schema: JsonSchema): Node => {
  const { node, problems } = readJsonSchema(schema);
  expect(problems).toEqual([]);
  return node as Node;
};
const refused = (schema: JsonSchema) =>
  readJsonSchema(schema).problems.map(({ path, message }) => `${path} ${message}`.trim());

describe('a JSON Schema', () => {
  it('of numbers loses bounds that say nothing and keeps the others', () => {
    const int = (more: object) => (read({ type: 'integer', ...more }) as { type: object }).type;
    expect(int({ minimum: -9007199254740991, maximum: 9007199254740991 })).toEqual({ kind: 'int' });
    expect(int({ minimum: 1.5, maximum: 2.5 })).toEqual({ kind: 'int', min: 2, max: 2 });
    expect(int({ exclusiveMinimum: 1, minimum: 0, exclusiveMaximum: 5, maximum: 9 })).toEqual({
      kind: 'int',
      min: 2,
      max: 4,
    });
    expect(int({ multipleOf: 1 })).toEqual({ kind: 'int' });
    expect(int({ multipleOf: 0.5 })).toEqual({ kind: 'int' });
    expect(read({ type: 'number', exclusiveMinimum: 0, maximum: 2.5 })).toEqual({
      kind: 'scalar',
      type: { kind: 'float', max: 2.5 },
    });
  });

  it('of texts knows the formats of the contract and leaves the others to the validator', () => {
    const text = (more: object) => (read({ type: 'string', ...more }) as { type: object }).type;
    expect(text({ format: 'date-time', pattern: '(?=x)' })).toEqual({ kind: 'datetime' });
    expect(text({ format: 'bigint', min: '-5', max: '5' })).toEqual({ kind: 'bigint', min: '-5', max: '5' });
    expect(text({ format: 'email', pattern: '(?=x)', maxLength: 5, minLength: 0 })).toEqual({
      kind: 'string',
      maxLength: 5,
    });
    expect(text({ contentEncoding: 'base64' })).toEqual({ kind: 'bytes' });
  });

  it('of several types is a union, null aside', () => {
    expect(read({ type: ['string', 'null'], minLength: 2 })).toEqual({
      kind: 'nullable',
      of: { kind: 'scalar', type: { kind: 'string', minLength: 2 } },
    });
    expect(read({ anyOf: [{ type: 'null' }, { anyOf: [{ type: 'null' }, { type: 'boolean' }] }] })).toEqual({
      kind: 'nullable',
      of: { kind: 'scalar', type: { kind: 'bool' } },
    });
    expect(read({ enum: ['b', null, 'a', 'b'] })).toMatchObject({
      kind: 'nullable',
      of: { kind: 'enum', values: ['a', 'b'] },
    });
    expect(read({ enum: [true, false] })).toEqual({ kind: 'scalar', type: { kind: 'bool' } });
    expect(read({ enum: [null] })).toEqual({ kind: 'scalar', type: { kind: 'null' } });
    expect(read({ anyOf: [{ const: 'x' }, { enum: ['y'] }, { type: 'integer' }] })).toMatchObject({
      kind: 'union',
      arms: [{ kind: 'scalar' }, { kind: 'enum', values: ['x', 'y'] }],
    });
  });

  it('with references follows them, also back to itself', () => {
    const tree: JsonSchema = {
      $ref: '#/$defs/Tree',
      $defs: {
        Tree: {
          type: 'object',
          properties: { kids: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
          required: ['kids'],
        },
      },
    };
    const node = read(tree);
    expect(node).toMatchObject({ kind: 'struct', title: 'Tree' });
    if (node.kind !== 'struct') throw new Error('no struct');
    const [kids] = node.fields;
    expect(kids?.node.kind === 'list' && kids.node.items).toBe(node);
    const expression: JsonSchema = { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#' } }] };
    expect(read(expression)).toMatchObject({ kind: 'union' });
    expect(refused({ $ref: '#/$defs/x' })).toEqual(['the reference #/$defs/x leads nowhere']);
    expect(refused({ $ref: 'http://elsewhere' })).toEqual(['the reference http://elsewhere leads nowhere']);
  });

  it('of an intersection is the object of all fields', () => {
    const part = (name: string, type: string, required = true): JsonSchema => ({
      type: 'object',
      properties: { [name]: { type } },
      required: required ? [name] : [],
    });
    expect(read({ allOf: [part('b', 'string'), part('a', 'integer', false)] })).toMatchObject({
      fields: [
        { name: 'a', optional: true },
        { name: 'b', optional: false },
      ],
    });
    expect(refused({ allOf: [part('a', 'string'), part('a', 'integer')] })).toEqual([
      'an intersection has two types for "a"',
    ]);
    expect(refused({ allOf: [{ type: 'string' }] })).toEqual(['an intersection has only objects']);
  });

  it('reports all problems with their places', () => {
    expect(
      refused({
        type: 'object',
        properties: {
          a: {},
          b: { type: 'array' },
          c: { type: 'object' },
          d: { type: 'array', items: { type: 'array', prefixItems: [] } },
          e: { enum: ['x', 1] },
          f: { not: {} },
        },
      }),
    ).toEqual([
      '.a a schema that says nothing has no wire form',
      '.b a list says nothing of its items',
      '.c an object says nothing of its fields',
      '.d[] a tuple has no form in the contract',
      '.e an enum has only texts, or only whole numbers',
      '.f "not" has no form in the contract',
    ]);
  });

  it('of any shape is read or refused, never a crash', () => {
    const schema = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.record({
          type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'array', 'object', 'x', 5, [
            'string',
            'null',
          ]),
        }),
        fc.record({ anyOf: fc.array(tie('any'), { maxLength: 3 }) }),
        fc.record({ allOf: fc.array(tie('any'), { maxLength: 3 }) }),
        fc.record({ type: fc.constant('array'), items: tie('any') }),
        fc.record({ type: fc.constant('object'), additionalProperties: tie('any') }),
        fc.record({
          type: fc.constant('object'),
          properties: fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 }),
        }),
        fc.record({
          enum: fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 3 }),
        }),
        fc.constantFrom(
          { $ref: '#' },
          { $ref: '#/$defs/x' },
          {},
          { const: {} },
          { format: 'json' },
          { type: 'string', pattern: '(' },
        ),
      ),
    })).any;
    fc.assert(
      fc.property(schema, (given) => {
        const { node, problems } = readJsonSchema(given as JsonSchema);
        expect(node === undefined).toBe(problems.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
