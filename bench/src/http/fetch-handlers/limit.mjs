import { update } from '../answers.mjs';

/** The limit: JSON in, JSON out, and no look at what came. @param {Request} request */
export async function handle(request) {
  return Response.json(update(/** @type {any} */ (await request.json())));
}
