import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { migrate } from 'drizzle-orm/libsql/migrator';
import * as schema from './schema.ts';

/** The Helpdesk's database, or a transaction of it. */
export type Database = Omit<LibSQLDatabase<typeof schema>, '$client' | 'batch'>;

let opened: LibSQLDatabase<typeof schema> | undefined;
let close = () => {};
let lastWrite: Promise<unknown> = Promise.resolve();

/** Opens the file, creating it when it is not there, and brings its tables up to date. */
export async function openDatabase(file: string): Promise<Database> {
  const client = createClient({ url: `file:${file}` });
  await client.execute('PRAGMA journal_mode = WAL');
  const database = drizzle(client, { schema });
  await migrate(database, { migrationsFolder: fileURLToPath(new URL('../../migrations', import.meta.url)) });
  opened = database;
  close = () => client.close();
  return database;
}

/** The open database. The contract is exported without one, so nothing here opens it unasked. */
export function database(): Database {
  if (opened === undefined) throw new Error('The database is not open yet: call openDatabase first');
  return opened;
}

export function closeDatabase(): void {
  close();
  opened = undefined;
}

/** Runs `work` in a write transaction. One at a time: SQLite has one writer, and a waiting one would block the process. */
export function inTransaction<T>(work: (transaction: Database) => Promise<T>): Promise<T> {
  const write = lastWrite.then(() => database().transaction(work));
  lastWrite = write.catch(() => {});
  return write;
}

/** Where a mutation writes: the transaction that was opened for the call, or the database outside of one. */
export function writerOf(req: { readonly transaction: unknown }): Database {
  return (req.transaction as Database | undefined) ?? database();
}
