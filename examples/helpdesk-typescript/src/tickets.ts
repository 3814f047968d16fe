import { client, context } from '@mizan/server';
import { and, type Column, count, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { database, writerOf } from './database/database.ts';
import { comments, events, people, tickets } from './database/schema.ts';
import { SummaryContext } from './summary.ts';
import { findTicket, requirePerson } from './ticket-rows.ts';
import { Priority, Status, Ticket, TicketPage } from './types.ts';

const pageSize = 20;

export const TicketsContext = context('tickets', {
  input: {
    status: Status.nullable().default(null),
    search: z.string().max(100).nullable().default(null),
    page: z.int().min(1).default(1),
  },
  doc: 'The list of tickets, the last changed first.',
});

export const ticketPage = client(
  {
    context: TicketsContext,
    output: TicketPage,
    doc: 'One page of the tickets with a status, or all of them. The search looks at number, subject, message and names.',
  },
  async ({ status, search, page }) => {
    const db = database();
    const requester = alias(people, 'requester');
    const assignee = alias(people, 'assignee');
    const found = and(
      status === null ? undefined : eq(tickets.status, status),
      search === null
        ? undefined
        : matches(search, [tickets.subject, tickets.body, requester.name, assignee.name]),
    );
    const rows = await db
      .select({
        id: tickets.id,
        subject: tickets.subject,
        excerpt: sql<string>`substr(${tickets.body}, 1, 140)`,
        status: tickets.status,
        priority: tickets.priority,
        requester,
        assignee,
        commentCount: db.$count(comments, eq(comments.ticketId, tickets.id)),
        openedAt: tickets.openedAt,
        updatedAt: tickets.updatedAt,
      })
      .from(tickets)
      .innerJoin(requester, eq(requester.id, tickets.requesterId))
      .leftJoin(assignee, eq(assignee.id, tickets.assigneeId))
      .where(found)
      .orderBy(desc(tickets.updatedAt), desc(tickets.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    const [all] = await db
      .select({ total: count() })
      .from(tickets)
      .innerJoin(requester, eq(requester.id, tickets.requesterId))
      .leftJoin(assignee, eq(assignee.id, tickets.assigneeId))
      .where(found);
    const total = all?.total ?? 0;
    return {
      items: rows.map((row) => ({
        ...row,
        openedAt: row.openedAt.toISOString(),
        updatedAt: row.updatedAt.toISOString(),
      })),
      page,
      pageCount: Math.max(1, Math.ceil(total / pageSize)),
      total,
    };
  },
);

export const openTicket = client(
  {
    affects: [TicketsContext, SummaryContext],
    input: {
      subject: z.string().min(1).max(120),
      body: z.string().min(1).max(4000),
      priority: Priority.default('normal'),
      requesterId: z.int(),
    },
    output: Ticket,
    doc: 'Opens a ticket in the name of a customer, for instance after a call.',
  },
  async ({ requesterId, ...ticket }, req) => {
    const db = writerOf(req);
    await requirePerson(db, requesterId, 'customer');
    const now = new Date();
    const [row] = await db
      .insert(tickets)
      .values({ ...ticket, status: 'open', requesterId, openedAt: now, updatedAt: now })
      .returning({ id: tickets.id });
    const { id } = row as { id: number };
    await db.insert(events).values({ ticketId: id, kind: 'opened', actorId: requesterId, createdAt: now });
    return findTicket(db, id);
  },
);

function matches(search: string, columns: Column[]): SQL | undefined {
  const number = /^\s*#?(\d{1,9})\s*$/.exec(search)?.[1];
  const pattern = `%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return or(
    number === undefined ? undefined : eq(tickets.id, Number(number)),
    ...columns.map((column) => sql`${column} like ${pattern} escape '\\'`),
  );
}
