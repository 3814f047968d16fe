import { error } from '@mizan/server';
import { z } from 'zod';

/** Texts that JSON Schema has no format for carry ours. */
export const bigint = (): z.ZodString => z.string().meta({ format: 'bigint' });
export const decimal = (): z.ZodString => z.string().meta({ format: 'decimal' });
export const bytes = (): z.ZodString => z.string().meta({ format: 'bytes' });
export const time = (): z.ZodString => z.string().meta({ format: 'time' });
/** Zod's own knows no negative ones. */
export const duration = (): z.ZodString => z.string().meta({ format: 'duration' });
export const json = (): z.ZodUnknown => z.unknown().meta({ format: 'json' });

export const Color = z.enum(['blue', 'green', 'red']);
export const State = z.enum(['doing', 'done', 'open']);

/** One field of every scalar type. */
export const Scalars = z.object({
  amount: decimal(),
  at: z.iso.datetime({ offset: true }),
  big: bigint(),
  blob: bytes(),
  clock: time(),
  count: z.int(),
  data: json(),
  day: z.iso.date(),
  flag: z.boolean(),
  key: z.uuid(),
  ratio: z.number(),
  span: duration(),
  text: z.string(),
});

/** Absent, null and default in every combination. */
export const Presence = z.object({
  needed: z.string(),
  nullable: z.string().nullable(),
  optional: z.string().optional(),
  both: z.string().nullable().optional(),
  defaulted: z.string().default('x'),
  nullDefault: z.string().nullable().default(null),
  listDefault: z.array(z.int()).default([1, 2]),
});

/** A type that contains itself. */
export const Tree = z.object({
  label: z.string(),
  get children(): z.ZodArray<typeof Tree> {
    return z.array(Tree);
  },
});

export const Circle = z.object({ kind: z.literal('circle'), radius: z.number() });
export const Square = z.object({ kind: z.literal('square'), side: z.int(), color: Color.nullable() });
/** A union told apart by a literal field. */
export const Figure = z.discriminatedUnion('kind', [Circle, Square]);

export const Profile = z.object({ id: z.int(), name: z.string(), version: z.int() });
export const Note = z.object({ id: z.int(), text: z.string() });
export const Card = z.object({ id: z.int(), title: z.string(), state: State });
export const Run = z.object({ count: z.int(), calls: z.array(json()) });
export const Who = z.object({
  id: z.string().nullable(),
  staff: z.boolean(),
  superuser: z.boolean(),
});

/** There is not enough in stock. */
export const OutOfStock = error('OutOfStock', {
  fields: { left: z.int(), sku: z.string() },
  doc: 'There is not enough in stock.',
});
export const Withdrawn = error('Withdrawn', { fields: { since: z.iso.date().nullable() }, status: 410 });
/** Thrown by a function that does not declare it. */
export const Undeclared = error('Undeclared', { fields: {} });
