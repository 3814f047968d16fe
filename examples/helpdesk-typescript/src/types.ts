import { z } from 'zod';

/** Where a ticket stands: with us, with the customer, done. */
export const Status = z
  .enum(['open', 'waiting', 'closed'])
  .meta({ description: 'Where a ticket stands: with us, with the customer, done.' });

export const Priority = z
  .enum(['low', 'normal', 'high', 'urgent'])
  .meta({ description: 'How soon somebody should look at it.' });

export const Role = z
  .enum(['agent', 'customer'])
  .meta({ description: 'Which side of the desk somebody sits on.' });

export const Person = z
  .object({
    id: z.int(),
    name: z.string(),
    email: z.string(),
    role: Role,
    title: z.string().meta({ description: 'What an agent does, or where a customer lives.' }),
  })
  .meta({ description: 'Somebody who writes tickets or answers them.' });

export const TicketRow = z
  .object({
    id: z.int(),
    subject: z.string(),
    excerpt: z.string().meta({ description: 'How the first message begins.' }),
    status: Status,
    priority: Priority,
    requester: Person,
    assignee: Person.nullable(),
    commentCount: z.int(),
    openedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ description: 'A ticket as a list shows it.' });

export const TicketPage = z
  .object({
    items: z.array(TicketRow),
    page: z.int(),
    pageCount: z.int().meta({ description: 'At least 1, also when nothing was found.' }),
    total: z.int(),
  })
  .meta({ description: 'One page of a list of tickets, the last changed first.' });

export const Ticket = z
  .object({
    id: z.int(),
    subject: z.string(),
    body: z.string(),
    status: Status,
    priority: Priority,
    requester: Person,
    assignee: Person.nullable(),
    openedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ description: 'A ticket with its first message.' });

export const Comment = z
  .object({ id: z.int(), author: Person, body: z.string(), createdAt: z.iso.datetime() })
  .meta({ description: 'A message on a ticket.' });

export const EventKind = z
  .enum(['opened', 'status', 'assignee'])
  .meta({ description: 'What an entry of the history is about.' });

export const HistoryEntry = z
  .object({
    id: z.int(),
    kind: EventKind,
    actor: Person,
    from: z.string().nullable().meta({ description: 'The old status, or the name of the old assignee.' }),
    to: z.string().nullable().meta({ description: 'The new status, or the name of the new assignee.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ description: 'Something that happened to a ticket.' });

export const Counts = z
  .object({
    open: z.int(),
    waiting: z.int(),
    closed: z.int(),
    unassigned: z.int().meta({ description: 'Not closed, and nobody takes care.' }),
    urgent: z.int().meta({ description: 'Not closed, and urgent.' }),
  })
  .meta({ description: 'How many tickets there are of each kind.' });

export const AgentLoad = z
  .object({ agent: Person, open: z.int(), waiting: z.int() })
  .meta({ description: 'The tickets on one desk.' });
