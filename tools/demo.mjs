// Starts the Helpdesk: installs, generates the client, builds the page, fills a database, serves all of it.
import { parseArgs } from 'node:util';
import { backendNames } from './lib/demo/backend-names.mjs';
import { prepareDemo } from './lib/demo/prepare.mjs';
import { serveDemo } from './lib/demo/serve.mjs';
import { checkNodeVersion, ensureInstalled, runMain, SetupError } from './lib/install.mjs';

const usage = `npm run demo [-- OPTIONS]

  --backend NAME   which server answers: ${backendNames().join(', ')} (default: typescript)
  --port NUMBER    the port to listen on (default: 4646; 0 takes a free one)
  --host ADDRESS   the address to listen on (default: 127.0.0.1, this machine only)
  --data FILE      the database file (default: a file in the backend's folder)
  --reset          begins with fresh tickets
  --help           shows this

Stop it with Ctrl-C. What you changed is still there when you start it again.`;

runMain(async () => {
  checkNodeVersion();
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const say = stepPrinter();
  await ensureInstalled({ say: say.step });
  const backend = await loadBackend(options.backend);
  const { web } = await prepareDemo({ backend, say });
  return serveDemo({ backend, web, options, say });
});

/** @param {string} name @returns {Promise<import('./lib/demo/backend.mjs').DemoBackend>} */
async function loadBackend(name) {
  if (!backendNames().includes(name)) {
    throw new SetupError(`There is no backend "${name}" here. There is: ${backendNames().join(', ')}`);
  }
  return (await import(`../examples/helpdesk-${name}/demo.mjs`)).backend;
}

/** @param {string[]} args */
function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        backend: { type: 'string', default: 'typescript' },
        port: { type: 'string', default: '4646' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string' },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port ${values.port} is no port`);
    return { ...values, port };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** Prints each step with the time that the one before it took. */
function stepPrinter() {
  const started = Date.now();
  return {
    /** @param {string} line */
    step: (line) => console.log(`  ${line}`),
    elapsed: () => `${((Date.now() - started) / 1000).toFixed(1)} s`,
  };
}
