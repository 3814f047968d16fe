// Puts the compiled command line into few files: most of the time of a short run goes into finding and reading modules.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('dist', import.meta.url));

await build({
  entryPoints: {
    main: join(dist, 'cli/main.js'),
    'typescript-child': join(dist, 'backends/typescript-child.js'),
    'loaded-urls': join(dist, 'backends/loaded-urls.js'),
  },
  outdir: join(dist, 'bundle'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: '[name]-[hash]',
  // What only some commands need stays where it is, and is loaded when it is needed.
  external: ['@clack/prompts', 'chokidar', 'jiti', 'tsx'],
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  legalComments: 'eof',
  logLevel: 'warning',
});

const bin = join(dist, 'bin.js');
writeFileSync(
  bin,
  readFileSync(bin, 'utf8')
    .replace("'./cli/main.js'", "'./bundle/main.js'")
    .replace('"./cli/main.js"', '"./bundle/main.js"'),
);
