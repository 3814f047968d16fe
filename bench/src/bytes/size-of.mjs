import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/**
 * Gzipped bytes of a program as a browser would load it: bundled and minified, React left out.
 *
 * @param {string} contents
 * @param {string} resolveDir where its imports are looked for
 */
export async function sizeOf(contents, resolveDir) {
  return gzipSync(await minified(contents, resolveDir), { level: 9 }).length;
}

/**
 * The text of the same program, made by the bundler and the minifier of Vite 8.
 *
 * @param {string} contents
 * @param {string} resolveDir
 */
export async function minified(contents, resolveDir) {
  const entry = join(resolveDir, 'entry.js');
  const bundle = await rolldown({
    input: entry,
    cwd: resolveDir,
    platform: 'browser',
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    resolve: { conditionNames: ['browser', 'module', 'import', 'default'] },
    transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (source) => (source === entry ? entry : null),
        load: (id) => (id === entry ? { code: contents, moduleType: 'tsx' } : null),
      },
    ],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true, comments: false });
  await bundle.close();
  return output[0].code;
}
