import type { Contract, Field, Type } from '@mizan/core';
import { describe, expect, it } from 'vitest';
import { nastyContract } from '../testing/nasty-contract.ts';
import { createModel } from './model.ts';
import { kebabFromCamel, NameSpace, pascalFromCamel } from './name-space.ts';
import { describeField } from './type-notes.ts';

describe('the model', () => {
  const model = createModel(nastyContract(), 'x');

  it('parts queries from calls, and sorts', () => {
    expect(model.contexts.map((context) => context.decl.name)).toEqual(
      [...model.contexts.map((context) => context.decl.name)].sort(),
    );
    expect(model.calls.every((fn) => fn.context === undefined)).toBe(true);
    expect(
      model.contexts.find((context) => context.decl.name === 'user')?.members.map((fn) => fn.name),
    ).toEqual(['useUser', 'user', 'userPosts', 'userProfile', 'userState']);
  });

  it('knows which types are sent, which are received, and where that makes a difference', () => {
    const use = (name: string) => {
      const { differs, input, output } = model.types.find((type) => type.decl.name === name) ?? {};
      return { differs, input, output };
    };
    expect(use('Profile')).toEqual({ differs: true, input: true, output: true });
    expect(use('Sketch')).toEqual({ differs: true, input: true, output: false });
    expect(use('Tree')).toEqual({ differs: false, input: true, output: false });
    expect(use('Post')).toEqual({ differs: false, input: false, output: true });
  });

  it('leaves out what no client can do yet, and all that only that reaches', () => {
    expect(model.leftOut).toEqual([
      { name: 'importRows', why: 'it streams' },
      { name: 'setAvatar', why: 'it takes a file' },
    ]);
    expect(model.calls.map((fn) => fn.name)).not.toContain('setAvatar');
    expect(model.types.map((type) => type.decl.name)).not.toContain('Avatar');
    expect(model.types.map((type) => type.decl.name)).not.toContain('Step');
  });

  it('carries a default up through circles', () => {
    const ref = (name: string): Type => ({ kind: 'ref', name });
    const field = (name: string, type: Type, more: Partial<Field> = {}): Field => ({
      name,
      type,
      optional: true,
      ...more,
    });
    const struct = (...fields: Field[]) => ({ kind: 'struct' as const, fields });
    const contract: Contract = {
      contexts: [],
      errors: [],
      functions: [
        {
          name: 'save',
          input: [field('a', ref('A'))],
          output: ref('A'),
          errors: [],
          auth: 'none',
          private: false,
          stream: false,
          websocket: false,
          affects: [],
          merge: [],
        },
      ],
      types: [
        { name: 'A', type: struct(field('b', ref('B')), field('d', ref('D'))) },
        {
          name: 'B',
          type: struct(
            field('a', { kind: 'list', items: ref('A') }),
            field('c', { kind: 'map', values: ref('C') }),
          ),
        },
        { name: 'C', type: struct(field('n', { kind: 'int' }, { default: 1 })) },
        { name: 'D', type: struct(field('d', ref('D'))) },
      ],
    };
    const { types } = createModel(contract, 'x');
    expect(types.map((type) => [type.decl.name, type.differs])).toEqual([
      ['A', true],
      ['B', true],
      ['C', true],
      ['D', false],
    ]);
  });
});

describe('names', () => {
  it('are given once', () => {
    const space = new NameSpace(['delete']);
    expect(['a', 'a', 'a', 'delete', 'a_'].map((name) => space.take(name))).toEqual([
      'a',
      'a_',
      'a__',
      'delete_',
      'a___',
    ]);
    expect(space.has('a__')).toBe(true);
    expect(space.has('b')).toBe(false);
  });

  it('change their form', () => {
    expect(pascalFromCamel('userProfile')).toBe('UserProfile');
    expect(kebabFromCamel('userProfileV2')).toBe('user-profile-v2');
  });
});

describe('notes on a type', () => {
  const note = (type: Type, more: Partial<Field> = {}) =>
    describeField({ name: 'x', type, optional: false, ...more });

  it.each<[Type, string]>([
    [{ kind: 'string' }, ''],
    [{ kind: 'string', minLength: 1, maxLength: 80 }, '1 to 80 characters.'],
    [{ kind: 'string', minLength: 1 }, 'At least 1 character.'],
    [{ kind: 'string', minLength: 3, maxLength: 3, pattern: '[a-z]+' }, '3 characters, matches [a-z]+.'],
    [{ kind: 'int' }, ''],
    [{ kind: 'int', min: 0, multipleOf: 5 }, 'Integer, at least 0, a multiple of 5.'],
    [{ kind: 'float', min: 0, max: 1 }, '0 to 1.'],
    [{ kind: 'decimal', max: '9.99' }, 'Decimal number as text, at most 9.99.'],
    [{ kind: 'datetime' }, 'Date and time with offset, ISO 8601.'],
    [{ kind: 'nullable', of: { kind: 'uuid' } }, 'UUID.'],
    [
      { kind: 'list', items: { kind: 'string', maxLength: 5 }, maxItems: 3 },
      'At most 3 items, each: at most 5 characters.',
    ],
    [{ kind: 'upload', maxSize: 10, accept: ['image/*'] }, 'At most 10 bytes, accepts image/*.'],
    [{ kind: 'enum', values: ['a'] }, ''],
  ])('%j', (type, expected) => {
    expect(note(type)).toBe(expected);
  });

  it('name the default', () => {
    expect(note({ kind: 'int' }, { default: 1 })).toBe('Default 1.');
    expect(note({ kind: 'string' }, { default: 'x'.repeat(100) })).toBe(`Default "${'x'.repeat(58)}….`);
  });
});
