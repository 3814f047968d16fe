// The same as serve.mjs for handlers from Request to Response, on Bun.
import { createInterface } from 'node:readline';

const { handle } = await import(`./fetch-handlers/${process.argv[2]}.mjs`);
/** @type {any} */
const { Bun } = globalThis;
const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: handle });
console.log(JSON.stringify({ port: server.port }));

for await (const _ of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: user + system, memory: process.memoryUsage.rss() }));
}
process.exit();
