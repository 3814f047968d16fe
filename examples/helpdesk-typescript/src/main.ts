import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSeed, type Seed } from '../../helpdesk-data/seed.ts';
import { closeDatabase, openDatabase } from './database/database.ts';
import { seedDatabase } from './database/seed-database.ts';
import { mizan } from './mizan.ts';
import { serveStaticFiles } from './serve/static-files.ts';

const {
  HELPDESK_DATABASE: databaseFile = 'helpdesk.sqlite',
  HELPDESK_SEED: seedFile,
  HELPDESK_WEB: webFolder,
  HOST: host = '127.0.0.1',
  PORT: port = '4646',
} = process.env;

await openDatabase(databaseFile);
const makeSeed = (): Seed =>
  seedFile === undefined ? createSeed(new Date()) : JSON.parse(readFileSync(seedFile, 'utf8'));
if (await seedDatabase(makeSeed)) console.log('seeded');

const servePage = webFolder === undefined ? undefined : serveStaticFiles(webFolder);
const server = createServer((req, res) => mizan.node(req, res, servePage && (() => servePage(req, res))));

server.on('error', (error) => {
  console.error((error as NodeJS.ErrnoException).code ?? error.message);
  process.exit(1);
});
server.listen(Number(port), host, () => {
  // The line that the demo and the browser tests wait for; every backend prints it.
  console.log(`listening http://${host}:${(server.address() as AddressInfo).port}`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => {
      closeDatabase();
      process.exit(0);
    });
    server.closeIdleConnections();
    // A browser may keep a connection busy for as long as it likes.
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
