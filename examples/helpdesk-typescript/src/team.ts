import { client, context } from '@mizan/server';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { database } from './database/database.ts';
import { people } from './database/schema.ts';
import { Person } from './types.ts';

export const TeamContext = context('team', { doc: 'Who is who.' });

export const agents = client(
  { context: TeamContext, output: z.array(Person), doc: 'Who answers tickets, by name.' },
  () => database().select().from(people).where(eq(people.role, 'agent')).orderBy(people.name),
);

export const customers = client(
  { context: TeamContext, output: z.array(Person), doc: 'Who writes tickets, by name.' },
  () => database().select().from(people).where(eq(people.role, 'customer')).orderBy(people.name),
);
