import { normalize } from 'node:path';
import { type Following, follow, formatError, Mend, openProject, type Project } from 'mizan';
import type { Logger, Plugin, ProxyOptions, ResolvedConfig, ViteDevServer } from 'vite';
import { serveBackend } from './serve-backend.ts';

/** Options of the plugin; everything else stands in `mizan.config.ts`. */
export interface MizanPluginOptions {
  /** The configuration file; default: the nearest `mizan.config.ts`, from Vite's root upwards. */
  config?: string;
}

/** Path below which servers answer unless told otherwise. */
const BASE = '/api/mizan';

/**
 * Keeps the generated clients at the server's contract while `vite dev` runs, and brings the frontend's requests to
 * the server: to `server` of `mizan.config.ts`, else to the TypeScript backend, which then runs inside of Vite.
 * Does nothing in `vite build`.
 */
export function mizan(options: MizanPluginOptions = {}): Plugin {
  let project: Project | undefined;
  let failure: unknown;
  // A restart makes the next server before it closes the last, and may do so with this same plugin.
  const followings = new Map<ResolvedConfig, Following>();
  return {
    name: 'mizan',
    apply: (_config, { command, isPreview }) => command === 'serve' && isPreview !== true,
    async config(config) {
      project = undefined;
      try {
        project = await openProject({ cwd: config.root, config: options.config });
      } catch (error) {
        // Told when there is a logger. A frontend without its clients still has a page to show.
        failure = error;
        return;
      }
      const proxy = proxyTo(project.config?.server);
      return proxy && { server: { proxy } };
    },
    async configureServer(server) {
      const { logger } = server.config;
      restartWith(server, project?.configPath);
      if (!project) return tell(logger, server, failure);
      followings.set(server.config, await start(project, server));
      const module = project.config?.backend as { typescript?: string } | undefined;
      if (project.config?.server === undefined && module?.typescript !== undefined) {
        serveBackend(server, project.root, module.typescript, BASE);
      }
    },
    async buildEnd() {
      const config = this.environment.getTopLevelConfig();
      const following = followings.get(config);
      followings.delete(config);
      await following?.close();
    },
  };
}

/** Another configuration is another server. */
function restartWith(server: ViteDevServer, path: string | undefined): void {
  const isConfig = (file: string) =>
    path === undefined ? /mizan\.config\.m?[jt]s$/.test(file) : file === path;
  if (path !== undefined) server.watcher.add(path);
  const restart = (file: string) => {
    if (isConfig(normalize(file))) void server.restart();
  };
  server.watcher.on('change', restart).on('add', restart);
}

/** Follows the backend; returns when the clients have been generated once, so that the first page finds them. */
async function start(project: Project, server: ViteDevServer): Promise<Following> {
  const { logger } = server.config;
  let failed = false;
  const following = await follow(project, {
    onResult(results, _exported, _before, took) {
      for (const { removed, target, written } of results) {
        const count = written.length + removed.length;
        if (count === 0) continue;
        const files = count === 1 ? '1 file' : `${count} files`;
        logger.info(`${target.shown}: ${files} written, ${Math.round(took)} ms`, { timestamp: true });
      }
      // An update of nothing takes the error off the screen.
      if (failed) server.environments.client.hot.send({ type: 'update', updates: [] });
      failed = false;
    },
    onError(error) {
      failed = true;
      tell(logger, server, error);
    },
  });
  await following.first;
  return following;
}

/** Shows what is wrong in the terminal and over the page. */
function tell(logger: Logger, server: ViteDevServer, error: unknown): void {
  const text = formatError(error);
  logger.error(text, { timestamp: true });
  const stack = error instanceof Mend ? '' : text;
  server.environments.client.hot.send({ type: 'error', err: { message: text, stack, plugin: 'mizan' } });
}

/**
 * The server's own path, or `/api/mizan`, goes to the server. The host stays the page's own, so that the server sees
 * `Origin` and `Host` agree, as they will in production.
 */
function proxyTo(server: string | undefined): Record<string, ProxyOptions> | undefined {
  if (server === undefined) return undefined;
  const url = new URL(server);
  const base = url.pathname === '/' ? BASE : url.pathname.replace(/\/+$/, '');
  return { [base]: { target: url.origin, changeOrigin: false, ws: true } };
}
