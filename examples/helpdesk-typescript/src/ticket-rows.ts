import { MizanError } from '@mizan/server';
import { eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from './database/database.ts';
import { people, tickets } from './database/schema.ts';

/** The ticket as clients see it; `NOT_FOUND` when there is none. */
export async function findTicket(db: Database, ticketId: number) {
  const requester = alias(people, 'requester');
  const assignee = alias(people, 'assignee');
  const [row] = await db
    .select({ ticket: tickets, requester, assignee })
    .from(tickets)
    .innerJoin(requester, eq(requester.id, tickets.requesterId))
    .leftJoin(assignee, eq(assignee.id, tickets.assigneeId))
    .where(eq(tickets.id, ticketId));
  if (row === undefined) throw noSuchTicket(ticketId);
  const { id, subject, body, status, priority, openedAt, updatedAt, closedAt } = row.ticket;
  return {
    id,
    subject,
    body,
    status,
    priority,
    requester: row.requester,
    assignee: row.assignee,
    openedAt: openedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}

/** Checks that there is such a ticket. */
export async function requireTicket(db: Database, ticketId: number): Promise<void> {
  if ((await db.$count(tickets, eq(tickets.id, ticketId))) === 0) throw noSuchTicket(ticketId);
}

/** The person with this id and role, or `NOT_FOUND`. */
export async function requirePerson(db: Database, id: number, role: 'agent' | 'customer') {
  const [person] = await db.select().from(people).where(eq(people.id, id));
  if (person?.role !== role) throw MizanError.notFound(`There is no ${role} ${id}`);
  return person;
}

function noSuchTicket(ticketId: number): MizanError {
  return MizanError.notFound(`There is no ticket ${ticketId}`);
}
