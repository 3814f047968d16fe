import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { ViteDevServer } from 'vite';

/** What `createMizan` made, as far as it matters here. */
interface NodeHandler {
  node(req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void;
}

/**
 * Answers requests below `base` by the backend's module, run by Vite: a change of the server is there with the next
 * request, without a process of its own to start again.
 */
export function serveBackend(server: ViteDevServer, root: string, module: string, base: string): void {
  const path = resolve(root, module);
  server.middlewares.use((req, res, next) => {
    const url = (req as IncomingMessage & { originalUrl?: string }).originalUrl ?? req.url ?? '';
    if (url !== base && !url.startsWith(`${base}/`) && !url.startsWith(`${base}?`)) return next();
    load(server, path, module).then(
      (handler) => handler.node(req, res, next),
      (error: unknown) => refuse(server, res, error),
    );
  });
}

/** A backend that cannot be loaded is one that is down: clients ask again, and the reason is in the terminal. */
function refuse(server: ViteDevServer, res: ServerResponse, error: unknown): void {
  if (error instanceof Error) server.ssrFixStacktrace(error);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  server.config.logger.error(text, { timestamp: true });
  const message = error instanceof Error ? error.message.trim() : text;
  res.writeHead(503, { 'content-type': 'application/json', 'cache-control': 'private, no-store' });
  res.end(JSON.stringify({ error: { code: 'UNAVAILABLE', message } }));
}

async function load(server: ViteDevServer, path: string, shown: string): Promise<NodeHandler> {
  const found = (await server.ssrLoadModule(path)) as Record<string, unknown>;
  const handler = [found.mizan, found.default, ...Object.values(found)].find(isHandler);
  if (!handler) throw new Error(`${shown} exports nothing that createMizan made`);
  return handler;
}

function isHandler(value: unknown): value is NodeHandler {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<NodeHandler>).node === 'function'
  );
}
