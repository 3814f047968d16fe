import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const people = sqliteTable('people', {
  id: integer().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  role: text({ enum: ['agent', 'customer'] }).notNull(),
  title: text().notNull(),
});

export const tickets = sqliteTable(
  'tickets',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    subject: text().notNull(),
    body: text().notNull(),
    status: text({ enum: ['open', 'waiting', 'closed'] }).notNull(),
    priority: text({ enum: ['low', 'normal', 'high', 'urgent'] }).notNull(),
    requesterId: integer('requester_id')
      .notNull()
      .references(() => people.id),
    assigneeId: integer('assignee_id').references(() => people.id),
    openedAt: integer('opened_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    closedAt: integer('closed_at', { mode: 'timestamp_ms' }),
  },
  (table) => [
    index('tickets_by_update').on(table.updatedAt),
    index('tickets_by_status').on(table.status, table.updatedAt),
  ],
);

export const comments = sqliteTable(
  'comments',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    ticketId: integer('ticket_id')
      .notNull()
      .references(() => tickets.id),
    authorId: integer('author_id')
      .notNull()
      .references(() => people.id),
    body: text().notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('comments_by_ticket').on(table.ticketId)],
);

/** What happened to a ticket. `from` and `to` are a status, or names of people. */
export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    ticketId: integer('ticket_id')
      .notNull()
      .references(() => tickets.id),
    kind: text({ enum: ['opened', 'status', 'assignee'] }).notNull(),
    actorId: integer('actor_id')
      .notNull()
      .references(() => people.id),
    from: text('from_value'),
    to: text('to_value'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('events_by_ticket').on(table.ticketId)],
);
