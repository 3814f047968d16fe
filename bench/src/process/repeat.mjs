// Runs one piece of work over and over in a process of its own, and says each time it is asked how many
// nanoseconds of the processor a piece took: other programs that get their turn in between do not count.
import { createInterface } from 'node:readline';

const [, , file = '', size = '1', milliseconds = '40'] = process.argv;
/** @type {{ prepare: (size: number) => Promise<(times: number) => unknown> | ((times: number) => unknown) }} */
const { prepare } = await import(file);
const run = await prepare(Number(size));

/** @param {number} times */
async function time(times) {
  const before = process.cpuUsage();
  await run(times);
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}

// Grows until a batch is long enough to be timed, which also warms it up.
let times = 1;
while ((await time(times)) < Number(milliseconds) * 1e6) times *= 2;
await time(times);
console.log('{}');
for await (const _ of createInterface({ input: process.stdin })) {
  globalThis.gc?.();
  console.log(JSON.stringify({ value: (await time(times)) / times }));
}
process.exit();
