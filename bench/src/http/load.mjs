// The load, in a process of its own: writes one request over and over on so many connections. It does as little as it
// can with the answers, so that one core of load keeps one core of the fastest server busy.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * @typedef {object} Task
 * @property {number} port
 * @property {string} request the whole request as text
 * @property {number} connections
 * @property {number} seconds
 */

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await run(JSON.parse(line))));
}
process.exit();

/** @param {Task} task */
async function run({ port, request, connections, seconds }) {
  const bytes = Buffer.from(request);
  const lanes = await Promise.all(Array.from({ length: connections }, () => openLane(port, bytes)));
  const began = performance.now();
  for (const lane of lanes) lane.start();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const counts = lanes.map((lane) => lane.stop());
  const took = performance.now() - began;
  const times = counts.flatMap(({ times: own }) => own).sort((a, b) => a - b);
  const count = counts.reduce((sum, { count: own }) => sum + own, 0);
  return { count, seconds: took / 1000, p50: times[times.length >> 1] ?? null };
}

/** @param {number} port @param {Buffer} bytes @returns {Promise<{ start(): void, stop(): { count: number, times: number[] } }>} */
function openLane(port, bytes) {
  let count = 0;
  let length = 0;
  let running = false;
  let sent = 0;
  /** @type {Buffer | undefined} */
  let held;
  /** @type {number[]} */
  const times = [];
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  const send = () => {
    sent = performance.now();
    socket.write(bytes);
  };
  socket.on('data', (/** @type {Buffer} */ chunk) => {
    // Answers are alike, so one of the length of the last is whole.
    if (held !== undefined || chunk.length !== length) {
      held = held === undefined ? chunk : Buffer.concat([held, chunk]);
      if (!isWhole(held)) return;
      length = held.length;
      held = undefined;
    }
    count += 1;
    times.push(performance.now() - sent);
    if (running) send();
  });
  socket.on('error', (error) => {
    if (!running) return;
    console.error(`load: ${error.message}`);
    process.exit(1);
  });
  return new Promise((resolve) =>
    socket.on('connect', () =>
      resolve({
        start() {
          running = true;
          send();
        },
        stop() {
          running = false;
          socket.destroy();
          return { count, times };
        },
      }),
    ),
  );
}

/** Whether a whole answer is there; ends the run for one that is no success. @param {Buffer} held */
function isWhole(held) {
  const end = held.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = held.toString('latin1', 0, end);
  if (!/^HTTP\/1\.1 20[07]/.test(head)) {
    console.error(`load: ${held.toString('utf8')}`);
    process.exit(1);
  }
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return held.length >= end + 4 + Number(length);
  return held.subarray(-5).toString('latin1') === '0\r\n\r\n';
}
