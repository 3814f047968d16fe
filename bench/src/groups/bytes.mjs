import { kernel } from '../bytes/limit-kernel.mjs';
import { bytesOfNotCalled, sizeOfMizanApp } from '../bytes/mizan-app.mjs';
import { sizesOfPeerApps } from '../bytes/peer-apps.mjs';
import { sizeOf } from '../bytes/size-of.mjs';
import { rounded, rowsOf } from '../statistics.mjs';
import { workFolder } from '../work-folder.mjs';

/** Gzipped bytes in the browser; exact, so nothing is repeated. @returns {Promise<import('../run-bench.mjs').Row[]>} */
export async function measure() {
  const folder = workFolder('bytes');
  const limit = kB(await sizeOf(kernel, folder));
  /** @param {string} size @param {[string, number][]} sizes */
  const kernels = (size, sizes) =>
    rowsOf({ row: 'bytes-kernel', size, unit: 'kB' }, new Map(sizes.map(([name, bytes]) => [name, [bytes]])));
  const [app, called] = [await sizeOfMizanApp(20), await sizeOfMizanApp(30)];
  const notCalled = await bytesOfNotCalled(20, 10);
  const peers = Object.entries(await sizesOfPeerApps(20));
  return [
    ...kernels('everything', [
      ['limit', limit],
      ['mizan', kB(await sizeOf("export * from '@mizan/client';", folder))],
      ['tanstack', kB(await sizeOf("export * from '@tanstack/query-core';", folder))],
    ]),
    ...kernels('read, watch, call', [
      ['limit', limit],
      [
        'mizan',
        kB(await sizeOf("export { createClient, context, member, call } from '@mizan/client';", folder)),
      ],
      [
        'tanstack',
        kB(
          await sizeOf(
            "export { MutationObserver, QueryClient, QueryObserver } from '@tanstack/query-core';",
            folder,
          ),
        ),
      ],
    ]),
    bytes('bytes-app', '20 functions', 'mizan', kB(app), 'kB'),
    ...peers.map(([name, size]) => bytes('bytes-app', '20 functions', name, kB(size), 'kB')),
    // Ten more, for what gzip makes of one depends on what stands beside it.
    bytes('bytes-app', 'one more, called', 'mizan', (called - app) / 10, 'B'),
    bytes('bytes-app', 'one more, not called', 'mizan', notCalled / 10, 'B'),
  ];
}

/** @param {string} row @param {string} size @param {string} contestant @param {number} value @param {string} unit */
function bytes(row, size, contestant, value, unit) {
  return { row, size, contestant, value: rounded(value), unit, ratioToLimit: null };
}

/** @param {number} size */
function kB(size) {
  return size / 1000;
}
