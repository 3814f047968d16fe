import { createServer } from 'node:http';
import { screen, update } from '../answers.mjs';

const contract = '3f9a1c20b7d4e655';

/** The floor: our wire shape written by hand for exactly these functions, with nothing else in it. */
export function start() {
  return createServer((req, res) => {
    const url = req.url ?? '';
    if (req.method === 'GET') return read(res, url);
    if (url !== '/api/mizan/call/' || req.headers['content-type'] !== 'application/json') return refuse(res);
    /** @type {Buffer | undefined} */
    let body;
    req.on('data', (chunk) => {
      body = body === undefined ? chunk : Buffer.concat([body, chunk]);
    });
    req.on('end', () => {
      const { fn, args } = JSON.parse(String(body));
      if (fn !== 'updateProfile' || !fits(args)) return refuse(res);
      send(res, `{"result":${JSON.stringify(update(args))},"invalidate":[]}`);
    });
  });
}

/** @param {any} args */
function fits({ userId, name, nickname }) {
  return (
    Number.isSafeInteger(userId) &&
    typeof name === 'string' &&
    name.length >= 1 &&
    name.length <= 80 &&
    (nickname === undefined || (typeof nickname === 'string' && nickname.length <= 80))
  );
}

/** @param {import('node:http').ServerResponse} res @param {string} url */
function read(res, url) {
  const match = /^\/api\/mizan\/ctx\/user\?userId=(\d+)$/.exec(url);
  if (!match) return refuse(res);
  const userId = Number(match[1]);
  const data = {
    counts: screen.counts(userId),
    posts: screen.posts(userId),
    profile: screen.profile(userId),
  };
  send(res, JSON.stringify(data));
}

/** @param {import('node:http').ServerResponse} res @param {string} text */
function send(res, text) {
  res.writeHead(200, [
    'Content-Type',
    'application/json',
    'X-Content-Type-Options',
    'nosniff',
    'Cache-Control',
    'private, no-store',
    'X-Mizan-Contract',
    contract,
    'Content-Length',
    String(Buffer.byteLength(text)),
  ]);
  res.end(text);
}

/** @param {import('node:http').ServerResponse} res */
function refuse(res) {
  res.writeHead(400).end();
}
