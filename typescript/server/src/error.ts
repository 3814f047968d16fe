import { MizanError } from '@mizan/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { callerPlace, type Place } from './place.ts';
import type { Fields } from './types.ts';

/** A declared error as it was written. */
export interface ErrorDefinition {
  symbol: object;
  code: string;
  status: number;
  fields: Fields;
  doc: string | undefined;
  place: Place | undefined;
}

/** What a declared error may say besides its name. */
export interface ErrorOptions<F extends Fields> {
  /** Its details: `new OutOfStock({ left: 2 })`. */
  readonly fields?: F;
  /** HTTP status, 409 by default. */
  readonly status?: number;
  readonly doc?: string;
}

/** What the constructor takes: nothing where there are no fields. */
type ErrorArgs<F extends Fields> =
  Record<never, never> extends F
    ? [details?: Record<never, never>, message?: string]
    : [details: Details<F>, message?: string];
type Details<F extends Fields> = { [K in keyof F]: StandardSchemaV1.InferInput<F[K]> };

/** The class that `error(…)` makes. */
export interface DeclaredError<Code extends string, F extends Fields> {
  new (...args: ErrorArgs<F>): MizanError<Code, Details<F>>;
  readonly code: Code;
}

const definitions = new WeakMap<object, ErrorDefinition>();

/** What a class was declared as, if `error(…)` made it. */
export function errorDefinition(value: unknown): ErrorDefinition | undefined {
  return typeof value === 'function' ? definitions.get(value) : undefined;
}

/** The declaration of a thrown error, if it is a declared one. */
export function definitionOfThrown(thrown: MizanError<string>): ErrorDefinition | undefined {
  return errorDefinition(thrown.constructor);
}

/** Declares a typed error: `error('OutOfStock', { fields: { left: z.int() }, status: 409 })`. */
export function error<const Code extends string, F extends Fields = Record<never, never>>(
  code: Code,
  options: ErrorOptions<F> = {},
): DeclaredError<Code, F> {
  const status = options.status ?? 409;
  const summary = options.doc?.trim().split('\n')[0];
  const Declared = class extends MizanError<Code, unknown> {
    static readonly code = code;
    constructor(details: unknown = {}, message: string = summary ?? code) {
      super(code, message, { details, status });
      this.name = code;
    }
  };
  definitions.set(Declared, {
    symbol: Declared,
    code,
    status,
    fields: options.fields ?? {},
    doc: options.doc,
    place: callerPlace(error),
  });
  return Declared as unknown as DeclaredError<Code, F>;
}
