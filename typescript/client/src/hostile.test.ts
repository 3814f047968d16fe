import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rename, UserContext, userProfile } from '../testing/contexts.ts';
import { five, setUp, user } from '../testing/setup.ts';
import { settled } from '../testing/virtual-clock.ts';
import { MizanError, type State } from './index.ts';

const proto = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
const hostile = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(undefined, proto, [], {}, '', 0, null),
  fc.record(
    {
      userProfile: fc.jsonValue(),
      userPosts: fc.jsonValue(),
      $errors: fc.oneof(fc.jsonValue(), fc.constant(proto), fc.dictionary(fc.string(), fc.jsonValue())),
      error: fc.oneof(fc.jsonValue(), fc.record({ code: fc.jsonValue(), message: fc.jsonValue() })),
      result: fc.jsonValue(),
      invalidate: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.oneof(fc.string(), fc.constant('user@e.1'), fc.jsonValue())),
      ),
      merge: fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.record({
            into: fc.oneof(fc.string(), fc.constant('user/__proto__?page=1&userId=5')),
            base: fc.constant('e.1'),
            revision: fc.constant('e.2'),
          }),
        ),
      ),
      contexts: fc.oneof(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(five, '__proto__', 'x'), fc.jsonValue()),
      ),
    },
    { requiredKeys: [] },
  ),
);
const status = fc.constantFrom(200, 201, 304, 400, 404, 409, 413, 500, 502);
const header = fc.option(
  fc.oneof(fc.string(), fc.constantFrom('e.1', 'e.', '.1', 'e.99999999999999999999', 'E.1')),
  { nil: null },
);

describe('answers that are none', () => {
  it('are errors of a type, never a crash, and leave no trace outside', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        status,
        header,
        header,
        hostile,
        async (body, code, revision, identity, called) => {
          const bench = setUp({ retries: 0 });
          const states: State<unknown>[] = [];
          UserContext.watch({ userId: 5 }, (state) => states.push(state), bench);
          const outcome = rename.safe({ userId: 5, name: 'x' }, bench);
          await bench.line.last(five).answer({ status: code, body, revision, identity });
          for (const request of bench.line.open)
            await request.answer({ status: code, body, revision, identity, contract: revision });
          const { error } = await outcome;
          if (error) expect(error).toBeInstanceOf(MizanError);
          const second = rename.safe({ userId: 5, name: 'x' }, bench);
          await bench.line.last('rename').answer({ status: code, body: called, identity });
          expect((await second).error ?? new MizanError('INTERNAL', '')).toBeInstanceOf(MizanError);
          for (const { error } of states) if (error) expect(typeof error.code).toBe('string');
          const { data } = states.at(-1) as State<Record<string, unknown>>;
          for (const member in data)
            try {
              void data[member];
            } catch (error) {
              expect(error).toBeInstanceOf(MizanError);
            }
          expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('for a read are repeated, then said', async () => {
    for (const body of [undefined, null, [], 'text', 5]) {
      const bench = setUp({ retries: 1 });
      const reading = UserContext.read({ userId: 5 }, bench);
      const refused = expect(reading).rejects.toMatchObject({ code: 'BAD_RESPONSE', status: 0 });
      await settled();
      await bench.line.last(five).answer({ body });
      await bench.clock.pass(10_000);
      await bench.line.last(five).answer({ body });
      await refused;
      expect(bench.line.requests.length).toBe(2);
    }
  });

  it('from a page in the way carry its status', async () => {
    const bench = setUp();
    const reading = UserContext.read({ userId: 5 }, bench);
    const refused = expect(reading).rejects.toMatchObject({ code: 'BAD_RESPONSE', status: 404 });
    await settled();
    await bench.line.last(five).answer({ status: 404, body: undefined });
    await refused;
  });

  it('with more than was asked for are taken without it', async () => {
    const bench = setUp();
    const reading = userProfile.read({ userId: 5 }, bench);
    await settled();
    await bench.line
      .last('user/userProfile?page=1&userId=5')
      .data({ ...user(), more: { than: 'asked' } }, 'e.1');
    expect(await reading).toEqual({ id: 5, name: 'Ada' });
  });

  it('without the member that was asked for say so', async () => {
    const bench = setUp();
    const reading = userProfile.read({ userId: 5 }, bench);
    const refused = expect(reading).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    await settled();
    await bench.line.last('user/userProfile?page=1&userId=5').data({ constructor: 1 }, 'e.1');
    await refused;
  });

  it('that never end, or come from a line that throws, end by the time-out or at once', async () => {
    const bench = setUp({ timeout: 1000, retries: 0 });
    const reading = UserContext.read({ userId: 5 }, bench);
    const refused = expect(reading).rejects.toMatchObject({ code: 'TIMEOUT' });
    await bench.clock.pass(1000);
    await refused;
    bench.line.read = () => {
      throw new Error('line');
    };
    await expect(UserContext.read({ userId: 6 }, bench)).rejects.toMatchObject({
      code: 'NETWORK',
      cause: new Error('line'),
    });
  });
});
