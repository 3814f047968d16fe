import type { ContextDecl, Contract, Field, FunctionDecl, Type, TypeDecl } from '@mizan/core';

const int: Type = { kind: 'int' };

function field(name: string, type: Type, more: Partial<Field> = {}): Field {
  return { name, type, optional: false, ...more };
}

const plain = {
  errors: [],
  auth: 'none',
  private: false,
  stream: false,
  websocket: false,
  affects: [],
  merge: [],
} as const;

/**
 * A contract of so many functions, as a real one would be: of every ten, six are reads of two contexts, three are
 * mutations, one is a plain call; each ten have four types of six fields. The same number gives the same contract.
 */
export function sizedContract(functions: number): Contract {
  const contexts: ContextDecl[] = [];
  const list: FunctionDecl[] = [];
  const types: TypeDecl[] = [];
  for (let at = 0; list.length < functions; at++) {
    const group = groupOf(at);
    types.push(...group.types);
    const room = functions - list.length;
    const taken = group.functions.slice(0, room);
    list.push(...taken);
    const names = new Set(taken.map((fn) => fn.name));
    contexts.push(
      ...group.contexts
        .map((context) => ({ ...context, members: context.members.filter((name) => names.has(name)) }))
        .filter((context) => context.members.length > 0),
    );
  }
  const known = new Set(contexts.map((context) => context.name));
  const fns = list.map((fn) => ({
    ...fn,
    affects: fn.affects.filter((affects) => known.has(affects.context)),
  }));
  const used = new Set(
    fns.flatMap((fn) => [...refs(fn.output), ...fn.input.flatMap((one) => refs(one.type))]),
  );
  for (const name of used) {
    const type = types.find((one) => one.name === name)?.type;
    if (type?.kind === 'struct')
      for (const one of type.fields) for (const ref of refs(one.type)) used.add(ref);
  }
  return {
    contexts,
    errors:
      functions >= 10
        ? [{ name: 'OutOfStock', status: 409, fields: [field('left', int)], doc: 'Too few.' }]
        : [],
    functions: fns.map((fn) => (functions >= 10 ? fn : { ...fn, errors: [] })),
    types: types.filter((type) => used.has(type.name)),
  };
}

function groupOf(at: number): { contexts: ContextDecl[]; functions: FunctionDecl[]; types: TypeDecl[] } {
  const item: Type = { kind: 'ref', name: `Item${at}` };
  const page: Type = { kind: 'ref', name: `Page${at}` };
  const owner: Type = { kind: 'ref', name: `Owner${at}` };
  const status: Type = { kind: 'ref', name: `Status${at}` };
  const id = field(`item${at}Id`, int);
  const filters = [
    field('page', { kind: 'int', min: 1 }, { default: 1, doc: 'Which page, from 1.' }),
    field('search', { kind: 'string', maxLength: 80 }, { optional: true, doc: 'Words to look for.' }),
  ];
  const read = (name: string, context: string, input: Field[], output: Type): FunctionDecl => ({
    ...plain,
    name,
    context,
    input,
    output,
    errors: [],
    affects: [],
    merge: [],
    doc: `Reads ${name}.`,
  });
  const write = (name: string, input: Field[], output: Type, contexts: string[]): FunctionDecl => ({
    ...plain,
    name,
    input,
    output,
    errors: name.startsWith('buy') ? ['OutOfStock'] : [],
    affects: contexts.map((context) => ({
      context,
      params: context.startsWith('item') ? [{ param: id.name, from: 'args' as const, field: id.name }] : [],
    })),
    merge: [],
    doc: `Writes ${name}.\n\nAnd says so in two paragraphs.`,
  });
  return {
    contexts: [
      {
        name: `item${at}`,
        params: [id],
        members: [`item${at}Detail`, `item${at}History`, `item${at}Owner`],
        cacheClass: 'public',
        rev: 0,
        doc: `One item of kind ${at}.`,
      },
      {
        name: `list${at}`,
        params: filters,
        members: [`list${at}Items`, `list${at}Count`, `list${at}Owners`],
        cacheClass: 'public',
        cache: 60,
        rev: 0,
      },
    ],
    functions: [
      read(`item${at}Detail`, `item${at}`, [id], item),
      read(`item${at}History`, `item${at}`, [id], { kind: 'list', items: page }),
      read(`item${at}Owner`, `item${at}`, [id], { kind: 'nullable', of: owner }),
      read(`list${at}Items`, `list${at}`, filters, page),
      read(`list${at}Count`, `list${at}`, [], int),
      read(`list${at}Owners`, `list${at}`, [], { kind: 'list', items: owner }),
      write(`rename${at}`, [id, field('name', { kind: 'string', minLength: 1, maxLength: 80 })], item, [
        `item${at}`,
        `list${at}`,
      ]),
      write(`move${at}`, [id, field('status', status)], { kind: 'null' }, [`item${at}`]),
      write(`buy${at}`, [id, field('count', int, { default: 1 })], item, [`item${at}`]),
      write(
        `rate${at}`,
        [field('currency', { kind: 'enum', values: ['EUR', 'USD'] })],
        { kind: 'decimal' },
        [],
      ),
    ],
    types: [
      {
        name: `Item${at}`,
        doc: `An item of kind ${at}.`,
        type: {
          kind: 'struct',
          fields: [
            field('id', int),
            field('name', { kind: 'string', maxLength: 80 }, { doc: 'As people call it.' }),
            field('price', { kind: 'decimal' }),
            field('created', { kind: 'datetime' }),
            field('tags', { kind: 'list', items: { kind: 'string' } }),
            field('owner', { kind: 'nullable', of: owner }),
          ],
        },
      },
      {
        name: `Page${at}`,
        type: {
          kind: 'struct',
          fields: [
            field('items', { kind: 'list', items: item }),
            field('total', int),
            field('page', int),
            field('pages', int),
            field('next', { kind: 'nullable', of: int }),
            field('facets', { kind: 'map', values: int }),
          ],
        },
      },
      {
        name: `Owner${at}`,
        type: {
          kind: 'struct',
          fields: [
            field('id', { kind: 'uuid' }),
            field('name', { kind: 'string' }),
            field('email', { kind: 'string' }, { optional: true }),
            field('active', { kind: 'bool' }),
            field('since', { kind: 'date' }),
            field('score', { kind: 'float' }),
          ],
        },
      },
      { name: `Status${at}`, type: { kind: 'enum', values: ['closed', 'open', 'waiting'] } },
    ],
  };
}

function refs(type: Type): string[] {
  if (type.kind === 'ref') return [type.name];
  if (type.kind === 'list') return refs(type.items);
  if (type.kind === 'map') return refs(type.values);
  return type.kind === 'nullable' ? refs(type.of) : [];
}
