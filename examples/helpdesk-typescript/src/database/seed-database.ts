import type { Seed } from '../../../helpdesk-data/seed.ts';
import { inTransaction } from './database.ts';
import { comments, events, people, tickets } from './schema.ts';

// SQLite takes 32,766 values in one statement.
const rowsAtOnce = 500;

/** Fills the database with the seed, all of it or nothing; false when there are tickets already. */
export function seedDatabase(makeSeed: () => Seed): Promise<boolean> {
  return inTransaction(async (db) => {
    if ((await db.$count(people)) > 0) return false;
    const seed = makeSeed();
    for (const rows of inParts(seed.people)) await db.insert(people).values(rows);
    for (const rows of inParts(seed.tickets)) {
      await db.insert(tickets).values(
        rows.map(({ openedAt, updatedAt, closedAt, ...row }) => ({
          ...row,
          openedAt: new Date(openedAt),
          updatedAt: new Date(updatedAt),
          closedAt: closedAt === null ? null : new Date(closedAt),
        })),
      );
    }
    for (const rows of inParts(seed.comments)) {
      await db.insert(comments).values(rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) })));
    }
    for (const rows of inParts(seed.events)) {
      await db.insert(events).values(rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) })));
    }
    return true;
  });
}

function* inParts<T>(rows: T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}
