import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addImport, addMount, addVitePlugin, mounts } from './init/edit-source.ts';
import { compileProject, temporaryFolder } from './testing/check-generated.ts';
import { buildCli, type CliUnderTest } from './testing/cli-under-test.ts';

// Other programs start here, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cli: CliUnderTest;
let folder: string;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const writeJson = (path: string, value: unknown) => write(path, `${JSON.stringify(value, null, 2)}\n`);
const readJson = (path: string) => JSON.parse(read(path)) as Record<string, Record<string, string>>;

describe('mizan init in an empty folder', () => {
  it('shows what it would write, and without a terminal writes only when told to', async () => {
    const { code, stderr, stdout } = await cli.run(['init'], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'Found an empty folder: a TypeScript server and React with Vite\n  + package.json  ',
    );
    expect(stderr).toMatch(
      /\nWrite these \d+ changes and mizan\.config\.ts\? Say so with: npx mizan init --yes\n$/,
    );
    expect(readdirSync(folder).sort()).toEqual(['node_modules', 'package.json']);
  });

  it('starts a project that generates and compiles, and can be run twice', async () => {
    const first = await cli.run(['init', '--yes'], folder);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/\nWritten: \d+ files\.\nNext: npm install, then npm run dev\n$/);
    expect(readJson('package.json').scripts).toMatchObject({ dev: 'vite web' });
    expect(await cli.run(['generate'], folder)).toMatchObject({ code: 0 });
    expect(await compileProject(folder, 'typescript-7')).toBe('');
    const time = statSync(join(folder, 'mizan.config.ts')).mtimeMs;
    expect(await cli.run(['init', '--yes'], folder)).toMatchObject({
      code: 0,
      stderr: 'Found TypeScript, React 19 with Vite (web/)\nEverything that Mizan needs is there already.\n',
    });
    expect(statSync(join(folder, 'mizan.config.ts')).mtimeMs).toBe(time);
    expect(await cli.run(['doctor'], folder)).toMatchObject({ code: 0 });
  }, 60_000);

  it('makes the folder that is named', async () => {
    expect(await cli.run(['init', 'my-app', '--yes'], folder)).toMatchObject({ code: 0 });
    expect(readJson('my-app/package.json')).toMatchObject({ name: 'my-app', type: 'module' });
  });
});

describe('mizan init in an existing project', () => {
  it('mounts in Express, adds the plugin, the packages and the configuration, and leaves the rest alone', async () => {
    writeJson('package.json', {
      name: 'shop',
      dependencies: { express: '^5.3.0', react: '^19.1.0', zod: '4.1.0' },
      devDependencies: { vite: '^8.0.0' },
    });
    write(
      'server/main.ts',
      "import express from 'express';\n\nconst app = express();\napp.use(express.json());\napp.listen(4000);\n",
    );
    write(
      'web/vite.config.ts',
      "import react from '@vitejs/plugin-react';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [react()],\n});\n",
    );
    mkdirSync(join(folder, 'web/src'));
    const { code, stderr } = await cli.run(['init', '--yes'], folder);
    expect(code).toBe(0);
    expect(stderr).toBe(`Found Express 5 (server/main.ts), React 19 with Vite (web/)
  + server/greeting.ts  one example context, query and mutation
  + server/mizan.ts     the server: your functions go here
  + server/main.ts      app.use(mizan.node)
  + web/vite.config.ts  mizan() in plugins
  + package.json        @mizan/server, @mizan/react, mizan, vite-plugin-mizan
Written: 6 files.
Next: npm install, then npx mizan generate
`);
    expect(read('server/main.ts')).toBe(
      "import express from 'express';\nimport { mizan } from './mizan.js';\n\nconst app = express();\napp.use(mizan.node); // before body parsers\napp.use(express.json());\napp.listen(4000);\n",
    );
    expect(read('web/vite.config.ts')).toContain(
      "import { mizan } from 'vite-plugin-mizan';\n\nexport default defineConfig({\n  plugins: [mizan(), react()],\n});\n",
    );
    expect(readJson('package.json').dependencies).toMatchObject({
      express: '^5.3.0',
      zod: '4.1.0',
      '@mizan/react': expect.any(String),
    });
    expect(read('mizan.config.ts')).toBe(`import { defineConfig } from 'mizan';

export default defineConfig({
  backend: { typescript: 'server/mizan.ts' },
  generate: { react: 'web/src/mizan' },
  server: 'http://localhost:4000',
});
`);
    expect((await cli.run(['init', '--yes'], folder)).stderr).toContain(
      'Everything that Mizan needs is there already.\n',
    );
    expect(await cli.run(['generate'], folder)).toMatchObject({ code: 0 });
  });

  it('gives Next a route, and imports without an extension there', async () => {
    writeJson('package.json', { name: 'site', dependencies: { next: '^16.0.0', react: '^19.1.0' } });
    write('src/app/page.tsx', 'export default () => null;\n');
    const { stderr } = await cli.run(['init', '--yes'], folder);
    expect(stderr).toContain('Found Next 16, React 19 with Next 16\n');
    expect(read('src/app/api/mizan/[...path]/route.ts')).toBe(
      "import { mizan } from '../../../../server/mizan';\n\nexport const GET = mizan.fetch;\nexport const POST = mizan.fetch;\n",
    );
    expect(read('src/server/mizan.ts')).toContain("from './greeting';");
    expect(read('mizan.config.ts')).toContain("generate: { react: 'src/mizan' },");
  });

  it('says by hand what it does not dare to change', async () => {
    writeJson('package.json', { name: 'x', dependencies: { hono: '^4.0.0' } });
    write(
      'src/server/a.ts',
      "import { Hono } from 'hono';\nconst one = new Hono();\nconst two = new Hono();\n",
    );
    write('vite.config.ts', 'export default makeConfig(import.meta);\n');
    const { code, stderr } = await cli.run(['init', '--yes'], folder);
    expect(code).toBe(0);
    expect(stderr).toContain(
      "By hand: src/server/a.ts: app.all('/api/mizan/*', (c) => mizan.fetch(c.req.raw));\n",
    );
    expect(stderr).toContain(
      "By hand: vite.config.ts: import { mizan } from 'vite-plugin-mizan', and mizan() in plugins\n",
    );
    expect(read('src/server/a.ts')).not.toContain('mizan');
  });

  it('puts packages where a frontend has its own', async () => {
    writeJson('package.json', { name: 'root', dependencies: { fastify: '^5.0.0' } });
    writeJson('apps/web/package.json', { name: 'web', dependencies: { react: '19.2.0' } });
    write(
      'apps/web/vite.config.ts',
      "import { defineConfig } from 'vite';\nexport default defineConfig({});\n",
    );
    await cli.run(['init', '--yes'], folder);
    expect(readJson('package.json')).not.toHaveProperty('dependencies.@mizan/react');
    expect(readJson('apps/web/package.json')).toHaveProperty(['dependencies', '@mizan/react']);
    expect(readJson('apps/web/package.json')).toHaveProperty(['devDependencies', 'vite-plugin-mizan']);
    expect(read('apps/web/vite.config.ts')).toContain('defineConfig({\n  plugins: [mizan()],});');
  });

  it('needs a project', async () => {
    rmSync(join(folder, 'package.json'));
    write('letter.txt', 'Dear all\n');
    const { code, stderr } = await cli.run(['init', '--yes'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('no project that Mizan knows is here\n');
    expect(existsSync(join(folder, 'mizan.config.ts'))).toBe(false);
  });
});

describe('changes to source', () => {
  it.each([
    ['plugins: []', 'plugins: [mizan()]'],
    ['plugins: [react()]', 'plugins: [mizan(), react()]'],
    ['plugins: [\n    react(),\n  ]', 'plugins: [\n    mizan(),\n    react(),\n  ]'],
  ])('puts the plugin into %j', (before, after) => {
    const text = `import { defineConfig } from 'vite';\n\nexport default defineConfig({ ${before} });\n`;
    expect(addVitePlugin(text)).toBe(
      `import { defineConfig } from 'vite';\nimport { mizan } from 'vite-plugin-mizan';\n\nexport default defineConfig({ ${after} });\n`,
    );
  });

  it('refuses configurations that it does not understand', () => {
    expect(addVitePlugin('export default build();\n')).toBeUndefined();
    expect(addVitePlugin('const a = { plugins: [] }, b = { plugins: [] };\n')).toBeUndefined();
  });

  it('adds an import after the last one, also one of several lines, and below directives', () => {
    expect(addImport("import a from 'a';\nimport {\n  b,\n} from 'b';\n\nb();\n", 'NEW')).toBe(
      "import a from 'a';\nimport {\n  b,\n} from 'b';\nNEW\n\nb();\n",
    );
    expect(addImport("'use strict';\nrun();\n", 'NEW')).toBe("'use strict';\nNEW\nrun();\n");
    expect(addImport('run();\n', 'NEW')).toBe('NEW\nrun();\n');
  });

  it.each([
    ['express', 'export const api = express();', 'api.use(mizan.node); // before body parsers'],
    ['hono', '  const app = new Hono<Env>();', "  app.all('/api/mizan/*', (c) => mizan.fetch(c.req.raw));"],
    [
      'fastify',
      'const app = Fastify({ logger: true })',
      "app.addHook('onRequest', (req, reply, next) => mizan.node(req.raw, reply.raw, next));",
    ],
  ])('mounts in %s', (framework, made, line) => {
    const mount = mounts.find((one) => one.framework === framework);
    if (!mount) throw new Error(framework);
    expect(addMount(`${made}\nrest();\n`, mount, './mizan.js')).toBe(
      `import { mizan } from './mizan.js';\n${made}\n${line}\nrest();\n`,
    );
    expect(addMount('rest();\n', mount, './mizan.js')).toBeUndefined();
    expect(addMount(`${made}\n${made}\n`, mount, './mizan.js')).toBeUndefined();
  });
});
