import { createServer } from 'node:http';
import { screen, update } from '../answers.mjs';

/** The limit: node:http with JSON.parse and JSON.stringify, and no look at what came. */
export function start() {
  return createServer((req, res) => {
    if (req.method === 'GET') return send(res, read(5));
    /** @type {Buffer[]} */
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => send(res, update(JSON.parse(Buffer.concat(chunks).toString('utf8')))));
  });
}

/** @param {number} userId */
function read(userId) {
  return { profile: screen.profile(userId), posts: screen.posts(userId), counts: screen.counts(userId) };
}

/** @param {import('node:http').ServerResponse} res @param {unknown} value */
function send(res, value) {
  const text = JSON.stringify(value);
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}
