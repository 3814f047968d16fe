import { client, context, error } from '@mizan/server';
import { asc, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, database, writerOf } from './database/database.ts';
import { comments as commentRows, events, people, tickets } from './database/schema.ts';
import { SummaryContext } from './summary.ts';
import { findTicket, requirePerson, requireTicket } from './ticket-rows.ts';
import { TicketsContext } from './tickets.ts';
import { Comment, HistoryEntry, Priority, Status, Ticket } from './types.ts';

export const TicketContext = context('ticket', {
  input: { ticketId: z.int() },
  doc: 'Everything about one ticket.',
});

export const TicketClosed = error('TicketClosed', {
  fields: { closedAt: z.iso.datetime(), closedBy: z.string() },
  doc: 'The ticket is closed. Open it again first.',
});

export const ticket = client(
  { context: TicketContext, output: Ticket, doc: 'The ticket with its first message.' },
  ({ ticketId }) => findTicket(database(), ticketId),
);

export const comments = client(
  { context: TicketContext, output: z.array(Comment), doc: 'What was written since, the oldest first.' },
  async ({ ticketId }) => {
    const db = database();
    await requireTicket(db, ticketId);
    const rows = await db
      .select({
        id: commentRows.id,
        author: people,
        body: commentRows.body,
        createdAt: commentRows.createdAt,
      })
      .from(commentRows)
      .innerJoin(people, eq(people.id, commentRows.authorId))
      .where(eq(commentRows.ticketId, ticketId))
      .orderBy(asc(commentRows.id));
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  },
);

export const history = client(
  {
    context: TicketContext,
    output: z.array(HistoryEntry),
    doc: 'What happened to the ticket, the oldest first.',
  },
  async ({ ticketId }) => {
    const db = database();
    await requireTicket(db, ticketId);
    const rows = await db
      .select({
        id: events.id,
        kind: events.kind,
        actor: people,
        from: events.from,
        to: events.to,
        createdAt: events.createdAt,
      })
      .from(events)
      .innerJoin(people, eq(people.id, events.actorId))
      .where(eq(events.ticketId, ticketId))
      .orderBy(asc(events.id));
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  },
);

export const addComment = client(
  {
    affects: [TicketContext, TicketsContext],
    input: { ticketId: z.int(), authorId: z.int(), body: z.string().min(1).max(4000) },
    output: Comment,
    errors: [TicketClosed],
    doc: 'Answers a ticket that is not closed.',
  },
  async ({ ticketId, authorId, body }, req) => {
    const db = writerOf(req);
    const author = await requirePerson(db, authorId, 'agent');
    await requireNotClosed(db, ticketId);
    const createdAt = new Date();
    const [row] = await db
      .insert(commentRows)
      .values({ ticketId, authorId, body, createdAt })
      .returning({ id: commentRows.id });
    await db.update(tickets).set({ updatedAt: createdAt }).where(eq(tickets.id, ticketId));
    return { id: (row as { id: number }).id, author, body, createdAt: createdAt.toISOString() };
  },
);

export const setStatus = client(
  {
    affects: [TicketContext, TicketsContext, SummaryContext],
    input: { ticketId: z.int(), status: Status, actorId: z.int() },
    output: Ticket,
    errors: [TicketClosed],
    doc: 'Closes a ticket, opens it again, or waits for the customer. A closed ticket cannot be closed again.',
  },
  async ({ ticketId, status, actorId }, req) => {
    const db = writerOf(req);
    await requirePerson(db, actorId, 'agent');
    const before =
      status === 'closed' ? await requireNotClosed(db, ticketId) : await findTicket(db, ticketId);
    if (before.status === status) return before;
    const now = new Date();
    const closedAt = status === 'closed' ? now : null;
    await db.update(tickets).set({ status, closedAt, updatedAt: now }).where(eq(tickets.id, ticketId));
    await db
      .insert(events)
      .values({ ticketId, kind: 'status', actorId, from: before.status, to: status, createdAt: now });
    return findTicket(db, ticketId);
  },
);

export const assign = client(
  {
    affects: [TicketContext, TicketsContext, SummaryContext],
    input: { ticketId: z.int(), assigneeId: z.int().nullable(), actorId: z.int() },
    output: Ticket,
    errors: [TicketClosed],
    doc: 'Gives a ticket to an agent, or back to nobody.',
  },
  async ({ ticketId, assigneeId, actorId }, req) => {
    const db = writerOf(req);
    await requirePerson(db, actorId, 'agent');
    const assignee = assigneeId === null ? null : await requirePerson(db, assigneeId, 'agent');
    const before = await requireNotClosed(db, ticketId);
    if (before.assignee?.id === assignee?.id) return before;
    const now = new Date();
    await db.update(tickets).set({ assigneeId, updatedAt: now }).where(eq(tickets.id, ticketId));
    await db.insert(events).values({
      ticketId,
      kind: 'assignee',
      actorId,
      from: before.assignee?.name ?? null,
      to: assignee?.name ?? null,
      createdAt: now,
    });
    return findTicket(db, ticketId);
  },
);

export const setPriority = client(
  {
    // Nothing else of the ticket's context changes, so the answer itself takes the member's place.
    merge: ticket,
    affects: [TicketsContext, SummaryContext],
    input: { ticketId: z.int(), priority: Priority },
    output: Ticket,
    doc: 'Says how soon somebody should look at a ticket.',
  },
  async ({ ticketId, priority }, req) => {
    const db = writerOf(req);
    await requireTicket(db, ticketId);
    await db.update(tickets).set({ priority, updatedAt: new Date() }).where(eq(tickets.id, ticketId));
    return findTicket(db, ticketId);
  },
);

/** The ticket, or `TicketClosed` with who closed it and when. */
async function requireNotClosed(db: Database, ticketId: number) {
  const found = await findTicket(db, ticketId);
  if (found.closedAt === null) return found;
  const [last] = await db
    .select({ name: people.name })
    .from(events)
    .innerJoin(people, eq(people.id, events.actorId))
    .where(eq(events.ticketId, ticketId))
    .orderBy(desc(events.id))
    .limit(1);
  throw new TicketClosed({ closedAt: found.closedAt, closedBy: last?.name ?? 'somebody' });
}
