import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

interface StaticFile {
  body: Buffer;
  zipped: Buffer;
  headers: Record<string, string>;
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
};

const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * Serves a built page from memory: its files by name, and `index.html` for every other path, because the page
 * has addresses of its own (`/tickets/12`). Nothing outside the folder can be named.
 */
export function serveStaticFiles(folder: string): (req: IncomingMessage, res: ServerResponse) => void {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length).split(sep).join('/'), readStaticFile(path));
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`There is no index.html in ${folder}: build the page first`);

  return (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    const file = files.get(path) ?? (extname(path) === '' ? index : undefined);
    if (file === undefined) {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
      return;
    }
    const zip = /\bgzip\b/.test(req.headers['accept-encoding'] ?? '');
    const body = zip ? file.zipped : file.body;
    res.writeHead(200, {
      ...file.headers,
      ...(zip && { 'Content-Encoding': 'gzip' }),
      'Content-Length': body.length,
    });
    res.end(req.method === 'HEAD' ? undefined : body);
  };
}

function readStaticFile(path: string): StaticFile {
  const body = readFileSync(path);
  // Vite puts a hash into the names of what it writes to assets/, so these files never change.
  const forever = path.includes(`${sep}assets${sep}`);
  return {
    body,
    zipped: gzipSync(body),
    headers: {
      ...securityHeaders,
      'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
    },
  };
}
