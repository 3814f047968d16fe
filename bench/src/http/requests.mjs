import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { BatchLinkPlugin } from '@orpc/client/plugins';
import { createTRPCClient, httpBatchLink, httpLink } from '@trpc/client';
import { args } from './answers.mjs';

/**
 * @typedef {object} Wire One request as text, its `Host` header included.
 * @property {string} request
 * @property {(body: any) => boolean} fits whether this is the answer
 */

const base = 'http://bench.test';
const json = { 'content-type': 'application/json' };

/** @param {any} value */
const isProfile = (value) => value?.id === args.userId && value.name === args.name && value.version === 12;
/** @param {any} value */
const isScreen = ({ profile, posts, counts } = {}) =>
  isProfile(profile) && posts?.length === 3 && counts?.followers === 128;

/** What each contestant in Python is sent, its peers by name. @param {...string} peers @returns {Record<string, Wire>} */
export function pythonRequests(...peers) {
  const plain = plainCall();
  return {
    limit: plain,
    mizan: mizanCall('updateProfile'),
    'mizan, a mutation': mizanCall('saveProfile'),
    ...Object.fromEntries(peers.map((name) => [name, plain])),
  };
}

/** What each contestant of the row `call` is sent. @returns {Promise<Record<string, Wire>>} */
export async function callRequests() {
  const plain = plainCall();
  const trpc = createTRPCClient({ links: [httpLink({ url: base, fetch: catching })] });
  /** @type {any} */
  const orpc = createORPCClient(new RPCLink({ url: base, fetch: catching }));
  const mizan = mizanCall('updateProfile');
  const viaTrpc = {
    request: await caught(() => /** @type {any} */ (trpc).update.mutate(args)),
    fits: (/** @type {any} */ body) => isProfile(body.result.data),
  };
  return {
    limit: plain,
    floor: mizan,
    mizan,
    'mizan, a mutation': mizanCall('saveProfile'),
    fastify: plain,
    hono: plain,
    orpc: { request: await caught(() => orpc.update(args)), fits: (body) => isProfile(body.json) },
    trpc: viaTrpc,
    'trpc-fetch': viaTrpc,
    express: plain,
  };
}

/** What each contestant of the row `bundle` is sent. @returns {Promise<Record<string, Wire>>} */
export async function bundleRequests() {
  const userId = args.userId;
  const trpc = /** @type {any} */ (
    createTRPCClient({ links: [httpBatchLink({ url: base, fetch: catching })] })
  );
  const batch = new BatchLinkPlugin({ groups: [{ condition: () => true, context: {} }], mode: 'buffered' });
  /** @type {any} */
  const orpc = createORPCClient(new RPCLink({ url: base, fetch: catching, plugins: [batch] }));
  /** @param {any} client @param {string} verb */
  const three = (client, verb) =>
    Promise.all(
      ['profile', 'posts', 'counts'].map((name) => (verb ? client[name][verb] : client[name])({ userId })),
    );
  const bundle = { request: textOf('GET', `/api/mizan/ctx/user?userId=${userId}`, {}), fits: isScreen };
  const viaTrpc = {
    request: await caught(() => three(trpc, 'query')),
    fits: (/** @type {any} */ [profile, posts, counts]) =>
      isScreen({ profile: profile.result.data, posts: posts.result.data, counts: counts.result.data }),
  };
  return {
    limit: { request: textOf('GET', '/', {}), fits: isScreen },
    floor: bundle,
    mizan: bundle,
    orpc: {
      request: await caught(() => three(orpc, '')),
      fits: (body) => {
        const [profile, posts, counts] = body.map((/** @type {any} */ one) => one.body.json);
        return isScreen({ profile, posts, counts });
      },
    },
    trpc: viaTrpc,
    'trpc-fetch': viaTrpc,
  };
}

function plainCall() {
  return { request: textOf('POST', '/update', json, JSON.stringify(args)), fits: isProfile };
}

/** @param {string} fn */
function mizanCall(fn) {
  return {
    request: textOf('POST', '/api/mizan/call/', json, JSON.stringify({ fn, args })),
    fits: (/** @type {any} */ body) => isProfile(body.result),
  };
}

/** @type {((text: string) => void) | undefined} */
let take;

/** Stands in for fetch: what a peer's own client sends is what its server is sent. @type {any} */
const catching = async (/** @type {any} */ input, /** @type {any} */ init) => {
  const request = new Request(input, init);
  const { pathname, search } = new URL(request.url);
  const body = request.method === 'GET' ? '' : await request.text();
  take?.(textOf(request.method, pathname + search, Object.fromEntries(request.headers), body));
  return new Promise(() => {});
};

/** @param {() => unknown} act @returns {Promise<string>} */
function caught(act) {
  return new Promise((resolve, reject) => {
    take = resolve;
    Promise.resolve(act()).catch(reject);
  });
}

/** @param {string} method @param {string} path @param {Record<string, string>} headers @param {string} [body] */
function textOf(method, path, headers, body = '') {
  const all = {
    host: 'bench.test',
    ...headers,
    ...(method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
