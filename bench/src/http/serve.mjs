// Runs one contestant's server in a process of its own, and says what it costs when it is asked.
import { createInterface } from 'node:readline';

const { start } = await import(`./servers/${process.argv[2]}.mjs`);
/** @type {import('node:http').Server} */
const server = await start();
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') console.log(JSON.stringify({ port: address?.port }));
});

for await (const _ of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: user + system, memory: process.memoryUsage.rss() }));
}
process.exit();
