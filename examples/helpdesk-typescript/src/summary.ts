import { client, context } from '@mizan/server';
import { and, count, eq, isNull, ne, sql } from 'drizzle-orm';
import { z } from 'zod';
import { database } from './database/database.ts';
import { people, tickets } from './database/schema.ts';
import { AgentLoad, Counts } from './types.ts';

export const SummaryContext = context('summary', { doc: 'How much there is to do.' });

export const counts = client(
  { context: SummaryContext, output: Counts, doc: 'How many tickets there are of each kind.' },
  async () => {
    const db = database();
    const rows = await db
      .select({ status: tickets.status, count: count() })
      .from(tickets)
      .groupBy(tickets.status);
    const ofStatus = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
    const notClosed = ne(tickets.status, 'closed');
    return {
      open: ofStatus('open'),
      waiting: ofStatus('waiting'),
      closed: ofStatus('closed'),
      unassigned: await db.$count(tickets, and(notClosed, isNull(tickets.assigneeId))),
      urgent: await db.$count(tickets, and(notClosed, eq(tickets.priority, 'urgent'))),
    };
  },
);

export const workload = client(
  { context: SummaryContext, output: z.array(AgentLoad), doc: 'What is on the desk of each agent, by name.' },
  async () => {
    const sumOf = (status: string) => sql<number>`coalesce(sum(${tickets.status} = ${status}), 0)`;
    return database()
      .select({ agent: people, open: sumOf('open'), waiting: sumOf('waiting') })
      .from(people)
      .leftJoin(tickets, eq(tickets.assigneeId, people.id))
      .where(eq(people.role, 'agent'))
      .groupBy(people.id)
      .orderBy(people.name);
  },
);
