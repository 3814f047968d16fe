import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compilers } from '../lib/compilers.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { applyDiff } from './apply-diff.mjs';
import { startBackground } from './background.mjs';
import { fileNameOf, findMissingLine, parseBlocks, parseConsole } from './parse-markdown.mjs';
import { rewriteInstall, rewritePipInstall } from './rewrite-install.mjs';
import { createTemporaryProject, findFreePort, removeTemporaryProject } from './temporary-project.mjs';

/**
 * @typedef {object} PageOptions
 * @property {string} root
 * @property {readonly import('../lib/pack-packages.mjs').PackedPackage[]} packages what `npm install` installs of ours
 * @property {import('../lib/python-distribution.mjs').Distribution | undefined} [distribution] what `pip install` installs of ours
 * @property {string} [base] a folder to start from instead of an empty one
 * @property {boolean} [keep] leave the folder, and say where it is
 *
 * @typedef {object} PageResult
 * @property {number} passed
 * @property {string[]} problems
 * @property {string} folder the folder that the page left behind
 */

/** The ports that pages write; each run uses free ones in their place. */
const writtenPorts = ['3000', '5173', '8000'];

/**
 * Follows a page as a reader would, in a folder of its own: writes the files that it shows, runs the commands that it
 * names and compares what they print, and type-checks what is left.
 *
 * - A block that starts with a file's name in a comment is that file.
 * - A `diff` block changes files that are there already.
 * - A `console` block is run; with the word `background` its last command keeps running to the page's end, with `fails`
 *   it must end with an error.
 * - Any other `ts` or `tsx` block is a snippet: it must type-check in the folder, after the page's `prelude` blocks.
 *
 * @param {string} page path of the page, relative to the root
 * @param {PageOptions} options
 * @returns {Promise<PageResult>}
 */
export async function runPage(page, { root, packages, distribution, base }) {
  const folder = createTemporaryProject('docs');
  if (base) await copyFolder(base, folder);
  const session = await createSession(folder, root, { packages, distribution });
  /** @type {PageResult} */
  const result = { passed: 0, problems: [], folder };
  try {
    const blocks = parseBlocks(readFileSync(join(root, page), 'utf8'));
    /** @type {import('./parse-markdown.mjs').Block[]} */
    const snippets = [];
    for (const block of blocks) {
      const file = fileNameOf(block);
      const problem =
        block.language === 'console'
          ? await session.runConsole(block)
          : block.language === 'diff'
            ? session.changeFiles(block)
            : file
              ? session.writeFile(file, block.text)
              : undefined;
      if (!/^(console|diff)$/.test(block.language) && !file) {
        if (/^tsx?$/.test(block.language)) snippets.push(block);
        else
          result.problems.push(
            `${page}:${block.line}  a ${block.language || 'plain'} block that no test executes`,
          );
        continue;
      }
      if (problem) {
        result.problems.push(`${page}:${problem}`);
        // What follows builds upon it.
        return result;
      }
      result.passed += 1;
    }
    result.problems.push(...(await session.checkSnippets(page, snippets)));
    result.passed += snippets.filter((block) => !block.words.includes('prelude')).length;
    return result;
  } finally {
    await session.end();
  }
}

/**
 * Copies a project with its installed packages, by hard links where the system has them: pages write files anew and
 * never change one in place.
 *
 * @param {string} from
 * @param {string} to
 */
async function copyFolder(from, to) {
  const linked = await runCommand('cp', ['-al', `${from}/.`, to]);
  if (linked.code !== 0) cpSync(from, to, { recursive: true, verbatimSymlinks: true, force: true });
}

/** @param {string} folder */
export function removePageFolder(folder) {
  removeTemporaryProject(folder);
}

/**
 * @param {string} folder
 * @param {string} root
 * @param {Pick<PageOptions, 'packages' | 'distribution'>} ours
 */
async function createSession(folder, root, { packages, distribution }) {
  /** @type {Record<string, string>} */
  const ports = {};
  for (const port of writtenPorts) ports[port] = String(await findFreePort());
  const anyPort = new RegExp(`\\b(${writtenPorts.join('|')})\\b`, 'g');
  const withPorts = (/** @type {string} */ text) => text.replace(anyPort, (port) => ports[port] ?? port);
  const env = {
    ...withoutOurSettings(process.env),
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    CI: 'true',
    DOCS_TOOLS: join(root, 'tools', 'docs'),
  };
  let cwd = folder;
  // A Python environment that the page makes active, as it stays for a reader.
  let activate = '';
  /** @type {import('./background.mjs').Background[]} */
  const running = [];

  return {
    /** @param {string} path @param {string} text @returns {undefined} */
    writeFile(path, text) {
      const file = join(cwd, path);
      mkdirSync(dirname(file), { recursive: true });
      // Not in place: a page that starts from another one shares its files.
      rmSync(file, { force: true });
      writeFileSync(file, withPorts(text));
      return undefined;
    },

    /** @param {import('./parse-markdown.mjs').Block} block @returns {string | undefined} */
    changeFiles(block) {
      try {
        const changed = applyDiff(withPorts(block.text), (path) => readFileSync(join(cwd, path), 'utf8'));
        for (const { path, text } of changed) this.writeFile(path, text);
        return undefined;
      } catch (error) {
        return `${block.line}  ${error instanceof Error ? error.message : error}`;
      }
    },

    /** @param {import('./parse-markdown.mjs').Block} block */
    async runConsole(block) {
      const commands = parseConsole(block);
      for (const [index, { command, expected, line }] of commands.entries()) {
        const background = block.words.includes('background') && index === commands.length - 1;
        const promised = expected.map(withPorts);
        if (background) {
          const program = startBackground(activate + withPorts(command), { cwd, env });
          running.push(program);
          const missing = await waitForLines(program, promised);
          if (missing !== undefined)
            return `${line}  $ ${command}\nnever printed: ${missing}\n${program.output()}`;
          continue;
        }
        // The shell tells where it ended up, so that `cd` lasts as it does for a reader.
        const marker = '__mizan_folder__';
        const own = rewritePipInstall(
          rewriteInstall(withPorts(command), packages, declaredIn(cwd)),
          distribution,
        );
        const script = `${activate}${own}\ncode=$?\nprintf '\\n${marker}%s' "$PWD"\nexit $code`;
        const run = await runCommand('bash', ['-c', script], { cwd, env, timeout: 240_000 });
        const output = run.output.replace(new RegExp(`\\n?${marker}.*`), '');
        cwd = new RegExp(`${marker}(.*)`).exec(run.output)?.[1]?.trim() || cwd;
        const failed = run.code !== 0;
        if (!failed && /^(\.|source) \S+\/activate$/.test(command))
          activate = `. ${join(cwd, command.split(' ')[1] ?? '')}\n`;
        if (failed !== block.words.includes('fails')) {
          return `${line}  $ ${command}\n${failed ? `ended with ${run.code}` : 'did not fail'}:\n${output}`;
        }
        const missing = findMissingLine(output, promised);
        if (missing !== undefined)
          return `${line}  $ ${command}\nthe page promises: ${missing}\nit printed:\n${output}`;
      }
      return undefined;
    },

    /** @param {string} page @param {readonly import('./parse-markdown.mjs').Block[]} blocks */
    checkSnippets(page, blocks) {
      return checkSnippets(page, blocks, cwd, root, withPorts);
    },

    async end() {
      await Promise.all(running.map((program) => program.stop()));
    },
  };
}

/**
 * The environment without what npm hands to the scripts that it runs: our own settings (engine-strict, for one), which a
 * reader does not have. Where the registry is and how it is reached stays.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function withoutOurSettings(env) {
  const ours =
    /^(npm_(package|lifecycle)_.*|npm_config_(engine_strict|omit_lockfile_registry_resolved|local_prefix)|INIT_CWD)$/;
  // Named and undefined: a program that is started with more than these inherits the rest.
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, ours.test(name) ? undefined : value]),
  );
}

/** What a folder's package.json depends on. @param {string} folder @returns {string[]} */
function declaredIn(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies });
}

/** @param {import('./background.mjs').Background} program @param {readonly string[]} promised */
async function waitForLines(program, promised) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const missing = findMissingLine(program.output(), promised);
    if (missing === undefined) return undefined;
    if (program.ended() || Date.now() > deadline) return missing;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * @param {string} page
 * @param {readonly import('./parse-markdown.mjs').Block[]} blocks
 * @param {string} folder
 * @param {string} root
 * @param {(text: string) => string} withPorts
 * @returns {Promise<string[]>}
 */
async function checkSnippets(page, blocks, folder, root, withPorts) {
  const preludes = blocks.filter((block) => block.words.includes('prelude')).map((block) => block.text);
  const snippets = blocks.filter((block) => !block.words.includes('prelude'));
  if (snippets.length === 0) return [];
  const place = join(folder, 'docs-snippets');
  mkdirSync(place, { recursive: true });
  /** @type {Map<string, { line: number, offset: number }>} */
  const origins = new Map();
  for (const [index, block] of snippets.entries()) {
    const head = preludes.join('');
    const name = `snippet-${index + 1}.${block.language}`;
    writeFileSync(join(place, name), `${head}${withPorts(block.text)}\nexport {};\n`);
    origins.set(name, { line: block.line, offset: head.split('\n').length - 1 });
  }
  const own = join(folder, 'tsconfig.json');
  const config = {
    ...(existsSync(own) ? { extends: '../tsconfig.json' } : {}),
    compilerOptions: { noEmit: true, noUnusedLocals: false, noUnusedParameters: false, rootDir: '..' },
    include: ['.'],
  };
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify(config));
  const [compiler] = compilers;
  const result = await runCommand(
    process.execPath,
    [join(root, compiler?.path ?? ''), '-p', 'docs-snippets', '--pretty', 'false'],
    { cwd: folder, timeout: 120_000 },
  );
  if (result.code === 0) return [];
  return result.output
    .trim()
    .split('\n')
    .map((line) =>
      line.replace(/^docs-snippets\/(snippet-\d+\.tsx?)\((\d+),(\d+)\)/, (_, name, row, column) => {
        const origin = origins.get(name);
        return origin ? `${page}:${origin.line + Number(row) - 1 - origin.offset}:${column}  ` : name;
      }),
    );
}
