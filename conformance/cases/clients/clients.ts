import { type CodeCase, Failure } from '../../src/case.ts';
import type { ClientAnswer, ClientUnderTest } from '../../src/clients/client.ts';
import type { Answering } from '../../src/clients/servers.ts';
import { expectSame, same, show } from '../../src/judge.ts';

const profile = (name: string, version = 1): object => ({ id: 5, name, version });
const bundle = (name: string): object => ({ accountNotes: [], accountProfile: profile(name) });
const account = { accountId: 5 };

function value(answer: ClientAnswer): unknown {
  if (!answer.ok) throw new Failure(`a success was expected; the client answered ${show(answer.error)}`);
  return answer.value;
}

function codeOf(answer: ClientAnswer): string | undefined {
  if (answer.ok) throw new Failure(`an error was expected; the client answered ${show(answer.value)}`);
  if (answer.error.crash !== undefined) throw new Failure(`a client must not crash: ${answer.error.crash}`);
  return answer.error.code;
}

const json =
  (body: unknown, headers: Record<string, string> = {}, status = 200): Answering =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', 'x-mizan-revision': 'k3.5', ...headers })
      .end(JSON.stringify(body));

/** A case in which every client meets a server that answers as told. */
function hostile(
  id: string,
  clauses: string[],
  answering: Answering,
  check: (client: ClientUnderTest) => Promise<void>,
): CodeCase {
  return {
    id: `clients/${id}`,
    clauses,
    http: true,
    async run(stage) {
      for (const { client } of await stage.hostile(answering)) await check(client);
    },
  };
}

const readFails = (id: string, clauses: string[], answering: Answering, code: string): CodeCase =>
  hostile(id, clauses, answering, async (client) =>
    expectSame('code of the read', codeOf(await client.ask('read', 'account', account)), code),
  );

const calls = (id: string, clauses: string[], answering: Answering, code: string): CodeCase =>
  hostile(id, clauses, answering, async (client) =>
    expectSame(
      'code of the call',
      codeOf(await client.ask('call', 'renameAccount', { ...account, name: 'Ada' })),
      code,
    ),
  );

/** A case in which every client meets the testee. */
function honest(
  id: string,
  clauses: string[],
  check: (client: ClientUnderTest, seen: string[]) => Promise<void>,
): CodeCase {
  return {
    id: `clients/${id}`,
    clauses,
    http: true,
    async run(stage) {
      for (const { client, server } of await stage.clients()) await check(client, server.seen);
    },
  };
}

export const cases: CodeCase[] = [
  honest('reads-a-bundle', ['BUN-1'], async (client) => {
    const read = value(await client.ask('read', 'account', { accountId: 7 }));
    expectSame('the bundle', read, {
      accountNotes: [{ id: 100, text: 'A note of seven' }],
      accountProfile: { id: 7, name: 'Account 7', version: 1 },
    });
    expectSame(
      'a member',
      value(await client.ask('read', 'account/accountProfile', { accountId: 5 })),
      profile('Account 5'),
    );
  }),
  honest('writes-canonical-addresses', ['ADR-4', 'ADR-6'], async (client) => {
    const moments = {
      day: '2026-02-28',
      at: '2026-03-01T01:30:00.500+02:00',
      key: '0B8F7D3E-5A60-4A3E-9D3C-0E7F2A9C1B2D',
    };
    expectSame('moments', value(await client.ask('read', 'moments', moments)), {
      momentsSeen: '2026-02-28T23:30:00.5Z',
    });
    const keys = { text: "a b/&=+é!'()*", count: -7, flag: true, big: '12', color: 'red' };
    expectSame('keys', value(await client.ask('read', 'keys', keys)), { keysSeen: keys.text });
  }),
  honest('calls-and-gets-typed-errors', ['ERR-23'], async (client) => {
    expectSame('result', value(await client.ask('call', 'buy', { sku: 'a1' })), 1);
    const refused = await client.ask('call', 'buy', { sku: 'a1', count: 3 });
    expectSame('code', codeOf(refused), 'OutOfStock');
    if (!refused.ok) expectSame('details', refused.error.details, { left: 2, sku: 'a1' });
  }),
  honest('a-write-refreshes-what-is-shown', ['FLT-8', 'REV-15'], async (client, seen) => {
    await client.ask('show', 'account', account);
    await client.ask('show', 'account', { accountId: 7 });
    await client.until('account', account, 'data', (state) => state.data !== null && !state.pending);
    await client.until('account', { accountId: 7 }, 'data', (state) => state.data !== null && !state.pending);
    const before = seen.length;
    value(await client.ask('call', 'renameAccount', { ...account, name: 'Ada' }));
    await client.until(
      'account',
      account,
      'the new name',
      ({ data, stale }) =>
        !stale && same((data as { accountProfile?: unknown }).accountProfile, profile('Ada', 2)),
    );
    expectSame('requests for a write and a fresh screen', seen.slice(before), ['POST /call/']);
  }),
  honest('a-merge-needs-no-read', ['MRG-7', 'MRG-9'], async (client, seen) => {
    await client.ask('show', 'account', account);
    await client.until('account', account, 'data', (state) => state.data !== null && !state.pending);
    const before = seen.length;
    value(await client.ask('call', 'mergeName', { ...account, name: 'Ada' }));
    await client.until(
      'account',
      account,
      'the merged name',
      ({ data, stale }) =>
        !stale && same((data as { accountProfile?: unknown }).accountProfile, profile('Ada', 2)),
    );
    expectSame('requests', seen.slice(before), ['POST /call/']);
  }),
  honest('what-is-not-shown-is-read-when-asked-for', ['REV-10', 'REV-16'], async (client, seen) => {
    value(await client.ask('read', 'account', account));
    value(await client.ask('call', 'renameAccount', { ...account, name: 'Ada' }));
    const read = value(await client.ask('read', 'account', account)) as { accountProfile: unknown };
    expectSame('the profile after the write', read.accountProfile, profile('Ada', 2));
    if (!seen.at(-1)?.includes('$min='))
      throw new Failure(`a read under a told number asks with $min; saw ${seen.at(-1)}`);
  }),
  readFails(
    'a-truncated-bundle',
    ['ERR-5'],
    (_q, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json', 'x-mizan-revision': 'k3.5' })
        .end('{"accountNotes":[],"accou'),
    'BAD_RESPONSE',
  ),
  readFails(
    'an-html-page',
    ['ERR-5'],
    (_q, response) =>
      void response.writeHead(502, { 'content-type': 'text/html' }).end('<!doctype html><title>502</title>'),
    'BAD_RESPONSE',
  ),
  readFails('a-bundle-that-is-no-object', ['ERR-5'], json([1, 2]), 'BAD_RESPONSE'),
  readFails(
    'a-hanging-body',
    ['ERR-5'],
    (_q, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    'TIMEOUT',
  ),
  readFails('a-cut-connection', ['ERR-5'], (request) => void request.socket.destroy(), 'NETWORK'),
  calls(
    'a-call-without-an-answer',
    ['REV-20'],
    (request) => void request.socket.destroy(),
    'OUTCOME_UNKNOWN',
  ),
  calls(
    'a-call-answered-with-a-page',
    ['REV-20'],
    (_q, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
    'OUTCOME_UNKNOWN',
  ),
  calls('an-error-that-is-none', ['ERR-1'], json({ error: 'broken' }, {}, 500), 'OUTCOME_UNKNOWN'),
  hostile(
    'an-unknown-member',
    ['BUN-1', 'ERR-4'],
    json({ ...bundle('Ada'), surprise: 1, __proto__: null }),
    async (client) => {
      const read = value(await client.ask('read', 'account', account)) as { accountProfile: unknown };
      expectSame('the known member', read.accountProfile, profile('Ada'));
    },
  ),
  hostile('a-missing-member', ['BUN-1'], json({ accountProfile: profile('Ada') }), async (client) => {
    expectSame(
      'the member that came',
      value(await client.ask('read', 'account/accountProfile', account)),
      profile('Ada'),
    );
    const missing = await client.ask('read', 'account/accountNotes', account);
    if (missing.ok)
      throw new Failure(`a member that did not come is an error; the client answered ${show(missing.value)}`);
    codeOf(missing);
  }),
  {
    id: 'clients/an-older-revision-never-wins',
    clauses: ['REV-15'],
    http: true,
    async run(stage) {
      let n = 9;
      const answering: Answering = (_q, response) => {
        const text = JSON.stringify(bundle(`at ${n}`));
        response
          .writeHead(200, { 'content-type': 'application/json', 'x-mizan-revision': `k3.${n}` })
          .end(text);
      };
      for (const { client, server } of await stage.hostile(answering)) {
        n = 9;
        await client.ask('show', 'account', account);
        await client.until(
          'account',
          account,
          'revision 9',
          ({ data, pending }) => !pending && same(data, bundle('at 9')),
        );
        n = 4;
        const before = server.seen.length;
        await client.ask('tell', '', ['account@k3.12']);
        await client.until('account', account, 'a read', () => server.seen.length > before);
        const after = (await client.ask('state', 'account', account)) as { value?: { data: unknown } };
        expectSame('what is shown after an old answer', after.value?.data, bundle('at 9'));
        n = 12;
        await client.ask('tell', '', ['account@k3.12']);
        await client.ask('hide', 'account', account);
        await client.ask('show', 'account', account);
        await client.until('account', account, 'revision 12', ({ data }) => same(data, bundle('at 12')));
      }
    },
  },
  {
    id: 'clients/another-contract-is-told-once',
    clauses: ['SKEW-6'],
    http: true,
    async run(stage) {
      const answering: Answering = (request, response) => {
        const call = request.method === 'POST';
        const body = call
          ? { error: { code: 'CONTRACT_MISMATCH', message: 'm', contract: 'fedcba9876543210' } }
          : bundle('Ada');
        response
          .writeHead(call ? 409 : 200, {
            'content-type': 'application/json',
            'x-mizan-revision': 'k3.5',
            'x-mizan-contract': 'fedcba9876543210',
          })
          .end(JSON.stringify(body));
      };
      for (const { client } of await stage.hostile(answering)) {
        expectSame(
          'code',
          codeOf(await client.ask('call', 'renameAccount', { ...account, name: 'a' })),
          'CONTRACT_MISMATCH',
        );
        codeOf(await client.ask('call', 'renameAccount', { ...account, name: 'a' }));
        const events = value(await client.ask('mismatches')) as { server: string }[];
        expectSame(
          'events',
          events.map(({ server }) => server),
          ['fedcba9876543210'],
        );
      }
    },
  },
];
