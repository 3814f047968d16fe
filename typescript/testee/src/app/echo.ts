import { client, MizanError } from '@mizan/server';
import { z } from 'zod';
import { bigint, Color, decimal, Figure, Presence, Scalars, Tree } from './types.ts';
import { world } from './world.ts';

/** Every scalar type, there and back. */
export const echoScalars = client(
  { input: { value: Scalars }, output: Scalars, doc: 'Every scalar type, there and back.' },
  ({ value }) => value,
);
export const echoPresence = client({ input: { value: Presence }, output: Presence }, ({ value }) => value);
export const echoTree = client({ input: { tree: Tree }, output: Tree }, ({ tree }) => tree);
export const echoFigure = client({ input: { figure: Figure }, output: Figure }, ({ figure }) => figure);
export const echoFigures = client(
  { input: { figures: z.array(Figure) }, output: z.array(Figure) },
  ({ figures }) => figures,
);
export const echoPick = client(
  {
    input: { pick: z.union([z.string(), z.int()]).nullable() },
    output: z.union([z.string(), z.int()]).nullable(),
  },
  ({ pick }) => pick,
);
export const echoMatrix = client(
  { input: { matrix: z.array(z.array(z.int())) }, output: z.array(z.array(z.int())) },
  ({ matrix }) => matrix,
);
export const echoPrices = client(
  { input: { prices: z.record(z.string(), decimal()) }, output: z.record(z.string(), decimal()) },
  ({ prices }) => prices,
);
export const echoColors = client(
  {
    input: { colors: z.record(z.string(), Color.nullable()) },
    output: z.record(z.string(), Color.nullable()),
  },
  ({ colors }) => colors,
);
export const echoBig = client({ input: { big: bigint() }, output: bigint() }, ({ big }) => big);
export const echoCurrency = client(
  { input: { currency: z.enum(['EUR', 'USD']).default('EUR') }, output: z.enum(['EUR', 'USD']) },
  ({ currency }) => currency,
);

/** Every constraint; the answer says only that the arguments were accepted. */
export const constrained = client(
  {
    input: {
      code: z.string().regex(/^[A-Z]{2}[0-9]{2,4}$/),
      name: z.string().min(2).max(8),
      count: z.int().min(1).max(10).multipleOf(2),
      ratio: z.number().min(0.5).max(1.5),
      tags: z.array(z.string().max(3)).min(1).max(3),
    },
    output: z.boolean(),
    doc: 'Every constraint; the answer says only that the arguments were accepted.',
  },
  () => {
    world.witness('constrained', {});
    return true;
  },
);

/** Takes nothing and returns nothing. */
export const nothing = client({ doc: 'Takes nothing and returns nothing.' }, () => {
  world.witness('nothing', {});
});

const Faulty = z.object({ count: z.int(), text: z.string() });
/** Returns what its declaration forbids: `type`, `missing`, `extra` (a key that must not leave), `unsafe`. */
export const faulty = client(
  { input: { mode: z.enum(['extra', 'missing', 'none', 'type', 'unsafe']) }, output: Faulty },
  ({ mode }) => {
    const good = { count: 1, text: 'a' };
    const answers: Record<string, unknown> = {
      none: good,
      type: { count: 'one', text: 'a' },
      missing: { count: 1 },
      extra: { ...good, password: 'hunter2' },
      unsafe: { count: 2 ** 53, text: 'a' },
    };
    return answers[mode] as typeof good;
  },
);

/** Throws an ordinary exception with a secret in its text. */
export const explode = client({}, () => {
  throw new Error('secret-7f3a: connection to db-internal refused');
});

const standard: Record<string, (message: string) => MizanError> = {
  BAD_REQUEST: MizanError.badRequest,
  CONFLICT: MizanError.conflict,
  FORBIDDEN: MizanError.forbidden,
  NOT_FOUND: MizanError.notFound,
  RATE_LIMITED: MizanError.rateLimited,
  TIMEOUT: MizanError.timeout,
  UNAUTHENTICATED: MizanError.unauthenticated,
  UNAVAILABLE: MizanError.unavailable,
};
const StandardCode = z.enum([
  'BAD_REQUEST',
  'CONFLICT',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'TIMEOUT',
  'UNAUTHENTICATED',
  'UNAVAILABLE',
]);
/** Throws the standard error of this code with a message of the caller's. */
export const refuse = client({ input: { code: StandardCode, message: z.string() } }, ({ code, message }) => {
  throw standard[code]?.(message);
});
/** Marks a field from the handler. */
export const taken = client({ input: { email: z.string() } }, () => {
  throw MizanError.invalid({ email: 'taken' });
});
