import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Gzipped bytes of a program as a browser would load it: bundled and minified, React left out.
 *
 * @param {string} contents
 * @param {string} resolveDir where its imports are looked for
 * @param {boolean} [shortNames] false takes all short names for one: which letters they get moves the size by a byte or two
 */
export async function sizeOf(contents, resolveDir, shortNames = true) {
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
  const text = outputFiles[0]?.text ?? '';
  return gzipSync(shortNames ? text : text.replace(/\b[\w$]{1,3}\b/g, 'a'), { level: 9 }).length;
}
