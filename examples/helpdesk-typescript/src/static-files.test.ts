import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveStaticFiles } from './serve/static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'helpdesk-static-'));
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'web', 'index.html'), '<title>Helpdesk</title>');
  writeFileSync(join(folder, 'web', 'assets', 'index-abc.js'), 'export {}');
  server = createServer(serveStaticFiles(join(folder, 'web')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends the path as it is: `fetch` would tidy it. */
function get(
  path: string,
  method = 'GET',
): Promise<{ status: number; type: string; cache: string; body: string }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method }, (res) => {
      let body = '';
      res.on('data', (chunk) => {
        body += chunk;
      });
      res.on('end', () => {
        const { 'content-type': type = '', 'cache-control': cache = '' } = res.headers;
        resolve({ status: res.statusCode ?? 0, type, cache, body });
      });
    });
    req.on('error', reject);
    req.end();
  });
}

it('serves files, and the page for every address of its own', async () => {
  expect(await get('/assets/index-abc.js')).toMatchObject({
    status: 200,
    body: 'export {}',
    cache: expect.stringContaining('immutable'),
  });
  for (const path of ['/', '/tickets/12', '/tickets/12?view=all', '/nowhere']) {
    expect(await get(path)).toMatchObject({
      status: 200,
      body: '<title>Helpdesk</title>',
      cache: 'no-cache',
    });
  }
  expect(await get('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
});

it('serves nothing else', async () => {
  expect((await get('/assets/gone.js')).status).toBe(404);
  expect((await get('/', 'POST')).status).toBe(405);
  for (const path of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '//secret.txt',
    '/%',
  ]) {
    expect((await get(path)).body, path).not.toContain('secret');
  }
});
