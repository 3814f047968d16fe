import { RPCHandler } from '@orpc/server/fetch';
import { router } from '../orpc-router.mjs';

const handler = new RPCHandler(router);

/** oRPC's fetch handler. @param {Request} request */
export async function handle(request) {
  const { response } = await handler.handle(request, { context: {} });
  return response ?? new Response(null, { status: 404 });
}
