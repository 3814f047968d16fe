import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Gzipped bytes of a program as a browser would load it: bundled and minified, React left out.
 *
 * @param {string} contents
 * @param {string} resolveDir where its imports are looked for
 */
export async function sizeOf(contents, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'tsx' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    conditions: ['browser', 'module'],
    legalComments: 'none',
    write: false,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}
