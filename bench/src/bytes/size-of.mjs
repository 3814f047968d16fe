import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

/**
 * Gzipped bytes of a program as a browser would load it: bundled and minified, React left out.
 *
 * @param {string} contents
 * @param {string} resolveDir where its imports are looked for
 */
export async function sizeOf(contents, resolveDir) {
  return gzipSync(await bundle(contents, resolveDir, true), { level: 9 }).length;
}

/**
 * The text of the same program, bundled first and then minified, as Vite does it. In one go esbuild joins
 * neighbouring declarations before it drops those that nobody uses, so what was dropped leaves gaps that are none
 * of ours: a byte here and there, which gzip then turns into more or less than nothing.
 *
 * @param {string} contents
 * @param {string} resolveDir
 */
export async function minified(contents, resolveDir) {
  const bundled = await bundle(contents, resolveDir, false);
  const { code } = await transform(bundled, { minify: true, format: 'esm', target: 'es2022' });
  return code;
}

/** @param {string} contents @param {string} resolveDir @param {boolean} minify */
async function bundle(contents, resolveDir, minify) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'tsx' },
    bundle: true,
    minify,
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
  return outputFiles[0]?.text ?? '';
}
