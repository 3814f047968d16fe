import fastify from 'fastify';
import { update } from '../answers.mjs';

const string = { type: 'string', maxLength: 80 };

/** Fastify with its own JSON Schemas; it has no envelope. */
export async function start() {
  const app = fastify();
  app.post(
    '/update',
    {
      schema: {
        body: {
          type: 'object',
          required: ['userId', 'name'],
          properties: { userId: { type: 'integer' }, name: { ...string, minLength: 1 }, nickname: string },
          additionalProperties: false,
        },
        response: {
          200: {
            type: 'object',
            properties: {
              id: { type: 'integer' },
              name: { type: 'string' },
              nickname: { type: ['string', 'null'] },
              version: { type: 'integer' },
            },
          },
        },
      },
    },
    async (request) => update(/** @type {any} */ (request.body)),
  );
  await app.ready();
  return app.server;
}
