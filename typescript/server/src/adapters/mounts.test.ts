import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectMounted, mountedApp } from '../testing/mounted.ts';
import { prepareRuntimes, type Runtimes, start } from '../testing/runtimes.ts';

let runtimes: Runtimes;

beforeAll(async () => {
  runtimes = await prepareRuntimes();
  await runtimes.write('app.mjs', mountedApp);
}, 300_000);

afterAll(() => runtimes?.remove());

describe('the built package, mounted in', () => {
  it('Bun', async () => {
    await runtimes.write(
      'bun.mjs',
      `import { mizan } from './app.mjs';
       const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: mizan.fetch });
       console.log('port ' + server.port);`,
    );
    const platform = `bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : 'x64'}`;
    const bun = join(runtimes.modules, '@oven', platform, 'bin/bun');
    const [, port] = await start(bun, ['bun.mjs'], { cwd: runtimes.folder, ready: /port (\d+)/ });
    await expectMounted(`http://127.0.0.1:${port}`);
  });

  it('Deno', async () => {
    await runtimes.write(
      'deno.mjs',
      `import { mizan } from './app.mjs';
       Deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log('port ' + port) }, mizan.fetch);`,
    );
    const deno = join(runtimes.modules, 'deno/bin.cjs');
    const args = [deno, 'run', '--no-lock', '--allow-net', '--allow-env', '--allow-read', 'deno.mjs'];
    const env = { DENO_DIR: join(runtimes.folder, '.deno'), DENO_NO_UPDATE_CHECK: '1' };
    const [, port] = await start(process.execPath, args, { cwd: runtimes.folder, ready: /port (\d+)/, env });
    await expectMounted(`http://127.0.0.1:${port}`);
  }, 60_000);

  it('Node, as the README has it', async () => {
    await runtimes.write(
      'node.mjs',
      `import { createServer } from 'node:http';
       import { mizan } from './app.mjs';
       const server = createServer(mizan.node).listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));`,
    );
    const [, port] = await start(process.execPath, ['node.mjs'], {
      cwd: runtimes.folder,
      ready: /port (\d+)/,
    });
    await expectMounted(`http://127.0.0.1:${port}`);
  });

  it('a Next route handler', async () => {
    await runtimes.write('next/app.mjs', mountedApp);
    await runtimes.write('next/package.json', '{ "type": "module" }');
    await runtimes.write(
      'next/next.config.mjs',
      `export default { turbopack: { root: ${JSON.stringify(join(runtimes.modules, '..'))} } };`,
    );
    await runtimes.write(
      'next/app/layout.jsx',
      'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
    );
    await runtimes.write(
      'next/app/api/mizan/[...path]/route.js',
      `import { mizan } from '../../../../app.mjs';
       export const GET = mizan.fetch, POST = mizan.fetch;`,
    );
    const next = join(runtimes.modules, 'next/dist/bin/next');
    const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'development' };
    const [, port] = await start(process.execPath, [next, 'dev', '--port', '0', '--hostname', '127.0.0.1'], {
      cwd: join(runtimes.folder, 'next'),
      ready: /127\.0\.0\.1:(\d+)[\s\S]*Ready/,
      env,
    });
    await expectMounted(`http://127.0.0.1:${port}`, { rawQuery: false });
  }, 120_000);
});
