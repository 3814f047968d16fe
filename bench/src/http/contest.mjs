import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pinned } from '../machine.mjs';
import { startLineProcess } from '../process/line-process.mjs';
import { say } from '../say.mjs';
import { keep, rowsOf } from '../statistics.mjs';

const serveFile = fileURLToPath(new URL('serve.mjs', import.meta.url));
const loadFile = fileURLToPath(new URL('load.mjs', import.meta.url));

/**
 * Some seconds after its last request V8's memory reducer collects with all that was compiled: the next calls run in
 * the interpreter, at a tenth of the speed. Contestants wait while others are loaded and the limit never does, so none
 * of them has one.
 */
const node = [process.execPath, '--no-memory-reducer'];

/**
 * @typedef {object} Contest
 * @property {string} row
 * @property {Record<string, import('./requests.mjs').Wire>} requests by contestant
 * @property {readonly string[]} [runtime] the program that runs the servers
 * @property {string} [entry] the file that starts them
 */

/**
 * Puts one server a contestant on one core and the load on another. Every contestant is loaded beside the limit, once
 * before it and once after it, so that whatever else the machine does meets both; the ratio is the median of these
 * pairs. Many short ones tell more than a few long ones: a machine has busy seconds.
 *
 * @param {Contest} contest
 * @param {import('../run-bench.mjs').Effort} effort
 * @returns {Promise<import('../run-bench.mjs').Row[]>}
 */
export async function contest({ row, requests, runtime = node, entry = serveFile }, effort) {
  const turns = effort.choose(3, 1);
  const load = startLineProcess(pinned(1, [process.execPath, loadFile]));
  const servers = new Map();
  try {
    for (const name of Object.keys(requests)) {
      const server = startLineProcess(pinned(0, [...runtime, entry, programOf(name)]));
      servers.set(name, { server, ...(await server.read()) });
    }
    const shots = new Shots(row, requests, servers, load);
    for (const [name, { port }] of servers) {
      await checkAnswer(name, requests[name], port);
      await shots.warmUp(name, effort, effort.choose(60_000, 500));
    }
    for (let turn = 1; turn <= turns; turn += 1) {
      say(`${row}: round ${turn} of ${turns}`);
      for (const name of servers.keys()) if (name !== 'limit') await shots.turn(name, effort);
    }
    return await shots.rows();
  } finally {
    for (const { server } of servers.values()) server.end();
    load.end();
  }
}

/** One program may serve two contestants: what follows a comma is what it is asked for. @param {string} name */
function programOf(name) {
  return name.split(',')[0] ?? name;
}

class Shots {
  /** @type {Map<string, Map<string, number[]>[]>} samples of limit and contestant, by contestant, one map a kind */
  #pairs = new Map();

  /** @param {string} row @param {any} requests @param {Map<string, any>} servers @param {import('../process/line-process.mjs').LineProcess} load */
  constructor(row, requests, servers, load) {
    this.row = row;
    this.requests = requests;
    this.servers = servers;
    this.load = load;
  }

  /**
   * Until the compiler has seen enough: on a busy machine that takes more seconds, not fewer calls.
   *
   * @param {string} name @param {import('../run-bench.mjs').Effort} effort @param {number} calls
   */
  async warmUp(name, effort, calls) {
    for (let done = 0, shots = 0; done < calls && shots < 60; shots += 1)
      done += (await this.shoot(name, 50, effort.choose(0.5, 0.2))).count;
  }

  /** @param {string} name @param {number} connections @param {number} seconds */
  async shoot(name, connections, seconds) {
    const { server, port } = this.servers.get(name);
    const before = await server.ask('');
    const {
      count,
      seconds: took,
      p50,
    } = await this.load.ask(
      JSON.stringify({ port, request: this.requests[name].request, connections, seconds }),
    );
    const after = await server.ask('');
    return {
      count,
      rate: count / took,
      p50: p50 * 1000,
      cpu: (after.cpu - before.cpu) / count,
      memory: after.memory / 1e6,
    };
  }

  /**
   * Pairs of one contestant and the limit, one after the other. The contestant has slept while others were loaded,
   * and engines forget what sleeps: it is warmed up anew.
   *
   * @param {string} name @param {import('../run-bench.mjs').Effort} effort
   */
  async turn(name, effort) {
    await this.warmUp(name, effort, effort.choose(15_000, 500));
    for (let pair = 0; pair < effort.choose(8, 1); pair += 1)
      await this.pair(name, pair % 2 === 0 ? ['limit', name] : [name, 'limit'], effort);
  }

  /**
   * @param {string} name
   * @param {readonly string[]} order of it and the limit
   * @param {import('../run-bench.mjs').Effort} effort
   */
  async pair(name, order, effort) {
    /** @type {Record<string, any>} */
    const many = {};
    /** @type {Record<string, any>} */
    const alone = {};
    for (const one of order) many[one] = await this.shoot(one, 50, effort.choose(0.25, 0.2));
    for (const one of order) alone[one] = await this.shoot(one, 1, effort.choose(0.1, 0.1));
    const kinds = this.#pairs.get(name) ?? kindsOf(this.row).map(() => new Map());
    this.#pairs.set(name, kinds);
    for (const [at, { of }] of kindsOf(this.row).entries()) {
      const samples = /** @type {Map<string, number[]>} */ (kinds[at]);
      for (const one of ['limit', name]) keep(samples, one, of(many[one], alone[one]));
    }
  }

  /** The rows of each kind; the limit's own value is taken from all of its shots. */
  rows() {
    return kindsOf(this.row).flatMap(({ row, unit }, at) => {
      const all = [...this.#pairs].flatMap(([, kinds]) =>
        rowsOf({ row, size: 'small', unit }, kinds[at] ?? new Map()),
      );
      const first = all.findIndex(({ contestant }) => contestant === 'limit');
      return all.filter(({ contestant }, index) => contestant !== 'limit' || index === first);
    });
  }
}

/** What each pair of shots tells. @param {string} row */
function kindsOf(row) {
  /** @typedef {Awaited<ReturnType<Shots['shoot']>>} Shot */
  /** @type {{ row: string, unit: string, of: (many: Shot, alone: Shot) => number }[]} */
  const kinds = [
    { row, unit: '/s', of: ({ rate }) => rate },
    { row: `${row}-cpu`, unit: 'µs', of: ({ cpu }) => cpu },
    { row: `${row}-latency`, unit: 'µs', of: (_, { p50 }) => p50 },
    { row: `${row}-memory`, unit: 'MB', of: ({ memory }) => memory },
  ];
  return kinds;
}

/**
 * Sends a request once and looks at the answer: a contestant that refuses would be the fastest.
 *
 * @param {string} name @param {import('./requests.mjs').Wire | undefined} wire @param {number} port
 */
async function checkAnswer(name, wire, port) {
  if (!wire) throw new Error(`${name} has no request`);
  const answer = await exchange(port, wire.request);
  const end = answer.indexOf('\r\n\r\n');
  const chunked = /transfer-encoding: chunked/i.test(answer.slice(0, end));
  const text = chunked ? unchunk(answer.slice(end + 4)) : answer.slice(end + 4);
  let fits = false;
  try {
    fits = wire.fits(JSON.parse(text));
  } catch {
    // Told below, with the answer.
  }
  if (!fits) throw new Error(`${name} does not answer as it should:\n${wire.request}\n\n${answer}`);
}

/** @param {number} port @param {string} request @returns {Promise<string>} */
function exchange(port, request) {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(request.replace('\r\n', '\r\nconnection: close\r\n')),
    );
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => {
      socket.destroy();
      resolve(text);
    });
    socket.on('error', reject);
  });
}

/** @param {string} body */
function unchunk(body) {
  let text = '';
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, end), 16);
    if (!size) return text;
    text += body.slice(end + 2, end + 2 + size);
    at = end + 4 + size;
  }
}
