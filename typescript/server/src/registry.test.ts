import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, createMizan, error, RegistrationError } from './index.ts';
import { harness } from './testing/harness.ts';

const UserContext = context('user', { input: { userId: z.int() } });
const Profile = z.object({ id: z.int(), name: z.string() });
const userProfile = client({ context: UserContext, output: Profile }, () => ({ id: 1, name: '' }));
const base = { UserContext, Profile, userProfile };

/** The words of a refusal, with lines for their places. */
function refusal(...modules: object[]): string {
  try {
    createMizan({ modules, root: process.cwd() });
  } catch (thrown) {
    if (!(thrown instanceof RegistrationError)) throw thrown;
    return thrown.message.trim().replaceAll(/typescript\/server\/src\/registry\.test\.ts:\d+/g, 'here:0');
  }
  throw new Error('it was accepted');
}

const words = (...lines: string[]) => lines.join('\n');
const noop = (): void => {};

describe('a registration', () => {
  it('finds functions of modules, objects and instances, by export, method and option', () => {
    class Tickets {
      prefix = 'T';
      plain() {
        return 1;
      }
    }
    const { mizan } = harness([base, { ...base, named: client({ name: 'otherName' }, noop) }, new Tickets()]);
    expect(mizan.functions.map(({ decl }) => decl.name)).toEqual(['otherName', 'userProfile']);
    expect(mizan.contract().contexts.map(({ name }) => name)).toEqual(['user']);
  });

  it('says where everything stands', () => {
    const { sources } = harness(base).mizan.export();
    const path = 'typescript/server/src/registry.test.ts';
    expect(sources.functions.userProfile).toEqual({ path, line: expect.any(Number) });
    expect(sources.contexts.user).toEqual({ path, line: (sources.functions.userProfile?.line ?? 0) - 2 });
    expect(sources.types.Profile).toBeDefined();
  });

  it('takes documentation and deprecation over', () => {
    const C = context('documented', { doc: '  A context. ' });
    const Row = z
      .object({ a: z.int().describe('The a.'), old: z.int().meta({ deprecated: true }) })
      .describe('A row.');
    const Sold = error('Sold', { fields: { left: z.int().describe('How many.') }, doc: 'Gone.' });
    const { mizan } = harness({
      Row,
      read: client({ context: C, output: Row, doc: '\n  First line. \r\n   Second.\n' }, () => ({
        a: 1,
        old: 1,
      })),
      gone: client({ deprecated: true, errors: [Sold], input: { n: z.int().describe('How often.') } }, noop),
      going: client({ deprecated: ' Use read. ' }, noop),
    });
    const { functions, contexts, types, errors } = mizan.contract();
    const named = (name: string) => functions.find((fn) => fn.name === name);
    expect(named('read')?.doc).toBe('First line.\nSecond.');
    expect(named('gone')).toMatchObject({ deprecated: '', input: [{ name: 'n', doc: 'How often.' }] });
    expect(named('going')?.deprecated).toBe('Use read.');
    expect(contexts[0]?.doc).toBe('A context.');
    expect(errors[0]).toMatchObject({ doc: 'Gone.', fields: [{ doc: 'How many.' }] });
    expect(types[0]).toMatchObject({
      doc: 'A row.',
      type: {
        fields: [
          { name: 'a', doc: 'The a.' },
          { name: 'old', deprecated: '' },
        ],
      },
    });
  });

  it('says once what a named type is, and at a place what it is there', () => {
    const Status = z.enum(['open', 'closed']).describe('Where it stands.');
    const move = client({ input: { to: Status, from: Status.describe('Where it stood.') } }, noop);
    const { functions, types } = harness({ Status, move }).mizan.contract();
    expect(types).toMatchObject([{ name: 'Status', doc: 'Where it stands.' }]);
    expect(functions[0]?.input).toEqual([
      { name: 'from', type: { kind: 'ref', name: 'Status' }, optional: false, doc: 'Where it stood.' },
      { name: 'to', type: { kind: 'ref', name: 'Status' }, optional: false },
    ]);
  });

  it('gives one contract, in whatever order things come', () => {
    const touch = client({ affects: UserContext, input: { userId: z.int() } }, noop);
    const one = harness([{ touch }, base]).mizan.export();
    const other = harness([base, { touch }]).mizan.export();
    expect(other.contract).toBe(one.contract);
    expect(other.hash).toBe(one.hash);
  });

  it('reports everything at once, by file and line', () => {
    const text = refusal(base, {
      first: client({ affects: 'user' as never }, noop),
      second: client({ input: { when: z.date() } }, noop),
      third: client({ context: UserContext, affects: UserContext, output: z.int() } as never, noop as never),
    });
    expect(text.split('\n\n')).toHaveLength(3);
    expect(text.match(/here:0/g)?.length).toBe(3);
  });
});

describe('its words', () => {
  it('for two functions of one name', () => {
    expect(refusal(base, { userProfile: client(noop) })).toBe(
      words(
        'here:0  userProfile: would be "userProfile" on the wire, and so is here:0 userProfile',
        "  Rename one of them, or give it a wire name: client({ name: 'otherUserProfile', … }).",
      ),
    );
    expect(refusal(base, { userprofile: client(noop) })).toContain('differs by case only');
    const twice = client(noop);
    expect(refusal({ one: twice, two: twice })).toBe(
      words(
        'here:0  two: it is exported as one too',
        "  Export it once, or give it a wire name: name: 'one'.",
      ),
    );
  });

  it('for a name that is none', () => {
    expect(refusal({ Get_user: client(noop) })).toBe(
      words(
        'here:0  Get_user: "Get_user" is no wire name',
        "  Wire names are lowerCamelCase, ASCII, at most 64 letters and digits: name: 'getUser'.",
      ),
    );
    expect(refusal({ default: client(noop) })).toContain('"default" is no wire name');
    expect(refusal({ ['x'.repeat(65)]: client(noop) })).toContain('is no wire name');
  });

  it('for a scope that names what the context lacks', () => {
    const map = { userid: 'authorId' } as never;
    expect(
      refusal(base, {
        publish: client({ affects: UserContext.scope(map) as never, input: { authorId: z.int() } }, noop),
      }),
    ).toBe(
      words(
        'here:0  publish: user has no parameter "userid"',
        "    affects: UserContext.scope({ userid: 'authorId' })",
        '                                 ^^^^^^',
        "  It has userId: int, from userProfile (here:0). Did you mean userId: 'authorId'?",
      ),
    );
  });

  it('for a scope that takes from what is not there, or of another type', () => {
    const missing = client(
      { affects: UserContext.scope({ userId: 'authorID' }) as never, input: { authorId: z.int() } },
      noop,
    );
    expect(refusal(base, { missing })).toBe(
      words(
        'here:0  missing: neither the arguments nor the result have a field "authorID"',
        "    affects: UserContext.scope({ userId: 'authorID' })",
        '                                         ^^^^^^^^^^',
        "  There are authorId: int. Did you mean 'authorId'?",
      ),
    );
    const typed = client(
      { affects: UserContext.scope({ userId: 'name' }), input: { name: z.string() } },
      noop,
    );
    expect(refusal(base, { typed })).toContain('"name" is not of the type of user\'s "userId"');
  });

  it('for a target that is none', () => {
    expect(refusal(base, { touch: client({ affects: 'user' as never }, noop) })).toBe(
      words(
        'here:0  touch: affects names the text "user", neither a context nor a query',
        '  affects: UserContext, or a query: affects: userPosts.',
      ),
    );
    expect(refusal(base, { touch: client({ affects: context('team') }, noop) })).toBe(
      words(
        'here:0  touch: affects names the context "team" (here:0), which has no member in the passed modules',
        '  Pass the module of its queries to createMizan, or drop it.',
      ),
    );
    const stray = client({ context: UserContext, output: z.int() }, () => 1);
    expect(refusal(base, { touch: client({ affects: stray }, noop) })).toContain(
      'that is not in the passed modules',
    );
    const ping = client(noop);
    expect(refusal(base, { ping, touch: client({ affects: ping }, noop) })).toContain(
      'affects names ping (here:0), which is no query',
    );
    expect(refusal(base, { x: client({ context: 'user' as never, output: z.int() }, () => 1) })).toContain(
      'context is the text "user", not what context(…) made',
    );
    expect(refusal(base, { touch: client({ affects: [UserContext, UserContext] }, noop) })).toContain(
      'affects names "user" twice',
    );
  });

  it('for a merge', () => {
    const input = { userId: z.int() };
    expect(
      refusal(base, { rename: client({ merge: userProfile, input, output: z.string() }, () => '') }),
    ).toBe(
      words(
        'here:0  rename: it returns string, and userProfile (here:0) returns Profile',
        '  What merges replaces the value as it stands: give both the same output schema.',
      ),
    );
    expect(
      refusal(base, {
        rename: client({ merge: userProfile, input: { name: z.string() }, output: Profile }, () => ({
          id: 1,
          name: '',
        })),
      }),
    ).toBe(
      words(
        'here:0  rename: nothing says into which user the result merges: userId: int is missing',
        "  Take it from an argument or a field of the result: merge: userProfile.scope({ userId: '…' }).",
      ),
    );
    expect(
      refusal(base, {
        rename: client({ merge: UserContext as never, input, output: Profile }, () => ({ id: 1, name: '' })),
      }),
    ).toContain('merge names the context "user"');
    const Unnamed = z.object({ a: z.int() });
    const C = context('unnamed');
    const read = client({ context: C, output: Unnamed }, () => ({ a: 1 }));
    expect(refusal({ read, write: client({ merge: read, output: Unnamed }, () => ({ a: 1 })) })).toContain(
      'It is one schema without a name, so each place names it: export it from a passed module, or give it a title.',
    );
  });

  it('for a read that writes, and a read of nothing', () => {
    expect(
      refusal(base, {
        x: client({ context: UserContext, affects: UserContext, output: z.int() } as never, noop as never),
      }),
    ).toBe(
      words(
        'here:0  x: it has a context and affects or merge',
        '  A read that writes cannot be cached: drop one, or make two functions of it.',
      ),
    );
    expect(refusal(base, { x: client({ context: UserContext }, noop) })).toContain(
      'it is a query and returns nothing',
    );
  });

  it('for parameters of a context', () => {
    const C = context('c', { input: { ids: z.array(z.int()) } });
    expect(refusal({ x: client({ context: C, output: z.int() }, () => 1) })).toBe(
      words(
        'here:0  context "c": the parameter "ids" cannot stand in an address',
        '  A parameter of a context is a string, int, bigint, bool, date, datetime, uuid or enum, or one of these nullable.',
      ),
    );
    const D = context('d');
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, z.int()]));
    expect(refusal({ x: client({ context: D, input: many, output: z.int() }, () => 1) })).toContain(
      'it has 6 parameters, at most 5 are allowed',
    );
    const one = client({ context: D, input: { page: z.int().default(1) }, output: z.int() }, () => 1);
    const two = client({ context: D, input: { page: z.int() }, output: z.int() }, () => 1);
    expect(refusal({ one, two })).toBe(
      words(
        'here:0  two: "page" is not what it is in one (here:0)',
        "  In one context a name means one type and one default: put it into context('d', { input: { page: … } }).",
      ),
    );
    expect(
      refusal(base, {
        x: client({ context: UserContext, input: { userId: z.int() }, output: z.int() }, () => 1),
      }),
    ).toContain('"userId" stands in its context already');
    const nullable = client(
      { context: D, input: { q: z.string().nullable().default('x') }, output: z.int() },
      () => 1,
    );
    expect(refusal({ nullable })).toContain('A nullable parameter of a context has no default but null.');
    const floats = client({ context: D, input: { ratio: z.number() }, output: z.int() }, () => 1);
    expect(refusal({ floats })).toContain('the parameter "ratio" cannot stand in an address');
  });

  it('for contexts', () => {
    const read = (C: never) => client({ context: C, output: z.int() }, () => 1);
    const [one, two] = [context('same'), context('same')] as never[];
    expect(refusal({ one: read(one as never), two: read(two as never) })).toBe(
      words(
        'here:0  context "same": there is another context "same" at here:0',
        '  Rename one of them, or share the one.',
      ),
    );
    expect(refusal({ x: read(context('Bad') as never) })).toContain('"Bad" is no wire name');
    expect(refusal({ x: read(context('c', { cache: 0 }) as never) })).toContain('cache is 0');
    expect(refusal({ x: read(context('c', { rev: -1 }) as never) })).toContain('rev is -1');
  });

  it('for types without a wire form', () => {
    const x = (schema: unknown) => refusal({ x: client({ input: { a: schema as StandardSchemaV1 } }, noop) });
    expect(x(z.date())).toBe(
      words(
        'here:0  x: a: what the schema takes in has no wire form: Date cannot be represented in JSON Schema',
        '  Use a text with a format, such as "date-time" or "bigint", or end a transform with the schema of its result.',
      ),
    );
    expect(x(z.unknown())).toContain('a schema that says nothing has no wire form');
    expect(x(z.tuple([z.int(), z.int()]))).toContain('a tuple has no form in the contract');
    expect(x(z.looseObject({ a: z.int() }))).toContain('an object has fields and other keys besides');
    expect(x(z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]))).toContain(
      'needs a field that tells them apart',
    );
    expect(x(z.union([z.int(), z.number()]))).toContain('both JSON number');
    expect(x(z.array(z.object({ when: z.bigint() })))).toContain('BigInt cannot be represented');
    expect(x(z.object({ inner: z.array(z.tuple([z.int()])) }))).toContain('a.inner[]: a tuple');
    expect(x(z.string().regex(/(?=a)b/))).toContain('is no I-Regexp (RFC 9485)');
    expect(x(z.never())).toContain('has no form in the contract');
    expect(x(v.string())).toBe(
      words(
        'here:0  x: a: the valibot schema prints no JSON Schema',
        "  Wrap it: toStandardJsonSchema(schema) from '@valibot/to-json-schema'.",
      ),
    );
    expect(x({ '~standard': { version: 1, vendor: 'home', validate: () => ({ value: 1 }) } })).toContain(
      'the home schema prints no JSON Schema',
    );
    expect(x('string')).toContain('the field "a" is the text "string", not a schema');
    expect(refusal({ x: client({ output: z.string().transform(Number) }, () => '1') })).toContain(
      'what the schema gives out has no wire form',
    );
    const Endless: z.ZodType = z.lazy(() => z.array(Endless));
    expect(x(Endless)).toContain('contains itself without an object in between');
    expect(refusal({ x: client({ input: z.string() as never }, noop) })).toContain(
      'input is a schema, but not of an object',
    );
    expect(refusal({ x: client({ input: 5 as never }, noop) })).toContain('input is number 5');
    expect(refusal({ x: client({ input: { 'a-b': z.int() } }, noop) })).toContain(
      '"a-b" is no name of a field',
    );
    expect(refusal({ x: client({ input: { constructor: z.int() } }, noop) })).toContain(
      '"constructor" is no name of a field',
    );
    expect(refusal({ x: client({ output: 5 as never }, noop as never) })).toContain('output is number 5');
  });

  it('for names of types', () => {
    const titled = (schema: z.ZodType, title: string) => schema.meta({ title });
    const one = client({ output: titled(z.object({ a: z.int() }), 'Thing') }, () => ({ a: 1 }));
    const two = client({ output: titled(z.object({ b: z.int() }), 'Thing') }, () => ({ b: 1 }));
    expect(refusal({ one, two })).toContain('two different types are named Thing');
    expect(refusal({ one: client({ output: titled(z.object({}), '5 times') }, () => ({})) })).toContain(
      'the title "5 times" cannot be the name of a type',
    );
    const A = z.object({ a: z.int() });
    const B = z.object({ a: z.int() });
    expect(refusal({ A, B, x: client({ output: A }, () => ({ a: 1 })) })).toBe(
      words(
        'here:0  x: the same type is exported as A and B',
        '  Give each schema a title, so that both ends know which is meant.',
      ),
    );
    const NotFoundError = error('Thing', { fields: {} });
    expect(refusal({ one, x: client({ errors: [NotFoundError] }, noop) })).toContain('Thing');
  });

  it('for errors', () => {
    const x = (...errors: unknown[]) => refusal({ x: client({ errors: errors as never }, noop) });
    expect(x(error('notPascal'))).toContain('"notPascal" is no name for a declared error');
    expect(x(error('CONFLICT'))).toContain('"CONFLICT" is no name for a declared error');
    expect(x(error('Fine', { status: 200 }))).toContain('the status 200 is no error');
    expect(x(error('Same'), error('Same'))).toContain('two errors are named Same, the other at here:0');
    expect(x('OutOfStock')).toContain('errors names the text "OutOfStock", not what error(…) made');
    expect(x(error('Dated', { fields: { at: z.date() } }))).toContain(
      'at: what the schema takes in has no wire form',
    );
    expect(refusal({ x: client({ errors: error('One') as never }, noop) })).toContain(
      'It is a list: errors: [OutOfStock].',
    );
  });

  it('for options', () => {
    expect(refusal({ x: client({ afects: UserContext } as never, noop) })).toBe(
      words('here:0  x: there is no option "afects"', '  Did you mean affects?'),
    );
    expect(refusal({ x: client({ auth: 'admin' as never }, noop) })).toContain(
      "It is true, 'staff', 'superuser', or a function of (who, args).",
    );
    expect(
      refusal({ x: client({ input: { count: z.int() }, defaults: { cuont: 1 } as never }, noop) }),
    ).toContain('Did you mean count?');
    expect(refusal({ x: client({ input: { count: z.int() }, defaults: { count: 'one' } }, noop) })).toMatch(
      /x: .*default.*count|x: .*count.*default/,
    );
  });

  it('for modules', () => {
    expect(refusal({})).toBe(
      words(
        'createMizan: the modules hold no server function',
        '  Export what client(…) returns and pass the module: import * as users from "./users.ts".',
      ),
    );
    class Tickets {}
    expect(refusal(Tickets)).toContain('Pass an instance of a class (new Tickets(db))');
    expect(refusal(null as never)).toContain('modules[0] is null');
  });
});
