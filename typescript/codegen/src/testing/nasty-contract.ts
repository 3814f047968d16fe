import type { Contract, Field, FunctionDecl, Type } from '@mizan/core';

const text: Type = { kind: 'string' };
const int: Type = { kind: 'int' };
const long = (count: number, letter: string) => letter.repeat(count);

function field(name: string, type: Type, more: Partial<Field> = {}): Field {
  return { name, type, optional: false, ...more };
}

function fn(name: string, more: Partial<FunctionDecl> = {}): FunctionDecl {
  return {
    name,
    input: [],
    output: { kind: 'null' },
    errors: [],
    auth: 'none',
    private: false,
    stream: false,
    websocket: false,
    affects: [],
    merge: [],
    ...more,
  };
}

/** A contract full of what trips generators: clashing and reserved names, long lines, hostile text, every type. */
export function nastyContract(): Contract {
  const wide: Type = { kind: 'enum', values: [long(40, 'a'), long(40, 'b'), long(40, 'c')] };
  const profile: Type = { kind: 'ref', name: 'Profile' };
  const userParams = [field('userId', int), field('page', int, { default: 1, doc: 'Which page.' })];
  const agendaParams = [
    field('since', { kind: 'nullable', of: { kind: 'datetime' } }, { default: null }),
    field('ticket', { kind: 'uuid' }, { optional: true }),
    field('status', { kind: 'nullable', of: wide }, { default: null }),
    field('quote', text, { default: 'it\'s "quoted" \\ \u202e' }),
    field('count', int, { default: 0 }),
  ];
  const longParams = [field(long(64, 'p'), text, { default: long(90, 'x') }), field('short', int)];
  return {
    contexts: [
      {
        name: 'user',
        doc: 'Everything about one user. */ alert(1) /*',
        params: userParams,
        members: ['userProfile', 'userPosts', 'useUser', 'user', 'userState'],
        cacheClass: 'user',
        cache: 60,
        rev: 0,
      },
      { name: 'types', params: [], members: ['call'], cacheClass: 'public', rev: 0 },
      {
        name: 'agenda',
        params: agendaParams,
        members: ['agenda', long(64, 'm')],
        cacheClass: 'user',
        rev: 3,
      },
      {
        name: long(64, 'c'),
        params: longParams,
        members: [long(63, 'q')],
        cacheClass: 'user',
        rev: 0,
      },
    ],
    errors: [
      {
        name: 'OutOfStock',
        doc: 'There is not enough in stock.',
        status: 409,
        fields: [field('left', int, { doc: 'How many.' }), field('new', text)],
      },
      { name: 'Reserved', status: 409, fields: [] },
      { name: 'Draft', status: 409, fields: [] },
    ],
    functions: [
      fn('userProfile', {
        auth: 'user',
        context: 'user',
        input: [field('userId', int)],
        output: profile,
        doc: 'The profile.',
      }),
      fn('userPosts', {
        context: 'user',
        input: userParams,
        output: { kind: 'list', items: { kind: 'ref', name: 'Post' } },
        deprecated: '',
      }),
      fn('useUser', { context: 'user', output: wide }),
      fn('user', { context: 'user', output: { kind: 'map', values: wide } }),
      fn('userState', { context: 'user', output: { kind: 'nullable', of: { kind: 'map', values: int } } }),
      fn('call', { context: 'types', output: { kind: 'json' } }),
      fn('agenda', {
        auth: 'staff',
        context: 'agenda',
        input: agendaParams,
        output: { kind: 'list', items: wide },
      }),
      fn(long(64, 'm'), { context: 'agenda', output: { kind: 'bytes' }, errors: ['Reserved'] }),
      fn(long(63, 'q'), {
        auth: 'custom',
        input: longParams,
        context: long(64, 'c'),
        output: { kind: 'list', items: { kind: 'nullable', of: int } },
      }),
      fn('delete', {
        input: [field('default', int), field('new', text)],
        deprecated: 'Use `remove`.\nReally.',
      }),
      fn('then', { input: [field('in', text, { optional: true })] }),
      fn('contract', { output: { kind: 'float' } }),
      fn('context', { errors: ['OutOfStock', 'Reserved', 'Draft'] }),
      fn('member', {
        input: [field('mode', wide, { default: long(40, 'a') })],
        output: wide,
        errors: ['OutOfStock'],
      }),
      fn('promise', { output: { kind: 'ref', name: 'Promise' } }),
      fn('save', { input: [field('profile', profile), field('only', { kind: 'ref', name: 'Sketch' })] }),
      fn(long(64, 'f'), {
        input: [field('tree', { kind: 'ref', name: 'Tree' })],
        output: { kind: 'ref', name: long(64, 'T') },
      }),
      fn('setAvatar', { input: [field('avatar', { kind: 'ref', name: 'Avatar' })] }),
      fn('importRows', { stream: true, output: { kind: 'ref', name: 'Step' } }),
      fn('hidden', { private: true, output: { kind: 'ref', name: 'Secret' } }),
    ],
    types: [
      {
        name: 'Profile',
        doc: '  A user.\r\n\r\nWith \u2028 lines and a tab\t.\u202e*/',
        type: {
          kind: 'struct',
          fields: [
            field('id', int, { doc: 'Its number.' }),
            field('default', text, { deprecated: '' }),
            field('page', int, { default: 1 }),
            field('maybe', text, { optional: true }),
            field('wide', wide),
            field('wides', { kind: 'list', items: { kind: 'nullable', of: wide } }),
            field('byName', { kind: 'map', values: { kind: 'list', items: wide } }),
            field('byNames', {
              kind: 'nullable',
              of: { kind: 'map', values: { kind: 'map', values: wide } },
            }),
            field(long(64, 'n'), { kind: 'nullable', of: { kind: 'ref', name: long(64, 'T') } }),
            field(long(60, 'u'), {
              kind: 'list',
              items: { kind: 'nullable', of: { kind: 'ref', name: long(64, 'T') } },
            }),
            field('mixed', {
              kind: 'union',
              arms: [int, text, { kind: 'bool' }, { kind: 'list', items: wide }],
            }),
          ],
        },
      },
      { name: 'UserContext', type: { kind: 'struct', fields: [field('name', text)] } },
      {
        name: 'Post',
        type: { kind: 'struct', fields: [field('context', { kind: 'ref', name: 'UserContext' })] },
      },
      { name: 'Promise', type: { kind: 'struct', fields: [] } },
      { name: 'Sketch', type: { kind: 'struct', fields: [field('title', text, { default: 'new' })] } },
      {
        name: 'Tree',
        type: {
          kind: 'struct',
          fields: [field('children', { kind: 'list', items: { kind: 'ref', name: 'Tree' } })],
        },
      },
      {
        name: long(64, 'T'),
        doc: 'A wide one.',
        deprecated: 'Too wide.',
        type: {
          kind: 'enum',
          values: [
            "it's",
            'say "hi"',
            'both \' and "',
            'back\\slash',
            'new\nline',
            '\u202e',
            '😀',
            long(90, 'z'),
          ],
        },
      },
      {
        name: 'Avatar',
        type: {
          kind: 'struct',
          fields: [field('file', { kind: 'upload', maxSize: 2000000, accept: ['image/*', '.pdf'] })],
        },
      },
      { name: 'Step', type: { kind: 'struct', fields: [field('done', int)] } },
      { name: 'Secret', type: { kind: 'struct', fields: [field('password', text)] } },
    ],
  };
}
