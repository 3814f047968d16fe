// Compiled by decorator.test.ts with tsc and run as it comes out: vitest does not lower decorators.
import { type Args, client, context, createMizan, type MizanRequest } from '@mizan/server';
import { z } from 'zod';
import { wireRequest } from '../harness.ts';

const TicketContext = context('ticket', { input: { ticketId: z.int() } });
const Ticket = z.object({ id: z.int(), title: z.string() });

class Db {
  readonly titles = new Map([[1, 'Broken lamp']]);
}

class Tickets {
  readonly #db: Db;
  constructor(db: Db) {
    this.#db = db;
  }
  @client({ context: TicketContext, output: Ticket, doc: 'One ticket.' })
  async ticket({ ticketId }: Args<typeof TicketContext>) {
    return { id: ticketId, title: this.#db.titles.get(ticketId) ?? '' };
  }
  @client({ affects: TicketContext, input: { ticketId: z.int(), title: z.string() }, output: Ticket })
  rename({ ticketId, title }: { ticketId: number; title: string }, _req?: MizanRequest) {
    this.#db.titles.set(ticketId, title);
    return { id: ticketId, title };
  }
  @client({ input: { ticketId: z.int() } })
  async close({ ticketId }: { ticketId: number }, req: MizanRequest) {
    this.rename({ ticketId, title: 'closed' }, req);
  }
  plain() {
    return 'not a function of the wire';
  }
}

class MoreTickets extends Tickets {
  @client({ name: 'ticketCount', output: z.int() })
  count() {
    return 1;
  }
}

const tickets = new MoreTickets(new Db());
const mizan = createMizan({
  modules: [{ Ticket }, tickets],
  epoch: () => 'e',
  clock: () => 1000,
  development: false,
});
const text = async (answer: Promise<{ body: string | Uint8Array | null }>) =>
  JSON.parse(String((await answer).body));
const call = (fn: string, args: object) =>
  text(
    mizan.handle(
      wireRequest('/call/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: { fn, args },
      }),
    ),
  );
const said: Record<string, unknown> = {
  names: mizan.functions.map(({ decl }) => decl.name),
  sources: Object.keys(mizan.export().sources.functions),
  read: await text(mizan.handle(wireRequest('/ctx/ticket?ticketId=1'))),
  renamed: await call('rename', { ticketId: 1, title: 'Mended lamp' }),
  joined: await call('close', { ticketId: 1 }),
  count: await call('ticketCount', {}),
};
// The method stays a method: at once where it answers at once, and it announces alone.
const direct = tickets.rename({ ticketId: 1, title: 'direct' });
said.direct = direct;
said.after = (await mizan.handle(wireRequest('/ctx/ticket?ticketId=1'))).headers.find(
  ([name]) => name === 'X-Mizan-Revision',
);
try {
  class Wrong {
    // @ts-expect-error fields cannot be called
    @client({}) field = 1;
  }
  new Wrong();
} catch (error) {
  said.field = (error as Error).message;
}
console.log(JSON.stringify(said));
