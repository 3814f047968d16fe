import { createServer } from 'node:http';
import { RPCHandler } from '@orpc/server/node';
import { BatchHandlerPlugin } from '@orpc/server/plugins';
import { router } from '../orpc-router.mjs';

/** oRPC on node:http; its batches need a plug-in, which single calls pass too. */
export function start() {
  const handler = new RPCHandler(router, { plugins: [new BatchHandlerPlugin()] });
  return createServer(async (req, res) => {
    const { matched } = await handler.handle(req, res, { context: {} });
    if (!matched) res.writeHead(404).end();
  });
}
