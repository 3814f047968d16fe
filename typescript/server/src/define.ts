import type { StandardSchemaV1 } from '@standard-schema/spec';
import { callDirectly } from './direct-call.ts';
import { callerPlace, type Place } from './place.ts';
import type {
  AnyContext,
  AnyFunction,
  AnyOptions,
  Args,
  Context,
  Fields,
  Handler,
  Input,
  MethodDecorator,
  Options,
  Returned,
  Scope,
  ServerFunction,
} from './types.ts';

/** A context as it was declared. */
export interface ContextDefinition {
  symbol: AnyContext;
  name: string;
  fields: Fields;
  cache: number | undefined;
  rev: number;
  doc: string | undefined;
  place: Place | undefined;
}

/** A function or decorated method as it was declared. */
export interface FunctionDefinition {
  /** What the user's code holds: for methods, what stands on the prototype. */
  symbol: AnyFunction;
  options: AnyOptions;
  handler: (this: unknown, args: never, req: never) => unknown;
  /** The name of a decorated method. */
  method: string | undefined;
  place: Place | undefined;
}

const contexts = new WeakMap<object, ContextDefinition>();
const functions = new WeakMap<object, FunctionDefinition>();

/** What a symbol was declared as, if it is a context. */
export function contextDefinition(value: unknown): ContextDefinition | undefined {
  return typeof value === 'object' && value !== null ? contexts.get(value) : undefined;
}

/** What a symbol was declared as, if it is a function or decorated method. */
export function functionDefinition(value: unknown): FunctionDefinition | undefined {
  return typeof value === 'function' ? functions.get(value) : undefined;
}

/** What a context may say besides its name. */
export interface ContextOptions<F extends Fields> {
  /** Parameters that all members have. */
  readonly input?: F;
  /** Seconds that whoever was not told may meet the old state. Left out: never cached. */
  readonly cache?: number;
  /** Raise it when what the members return changes its meaning. */
  readonly rev?: number;
  readonly doc?: string;
}

/** Declares a named bundle of reads: `context('user', { input: { userId: z.int() }, cache: 60 })`. */
export function context<F extends Fields = Record<never, never>>(
  name: string,
  options: ContextOptions<F> = {},
): Context<F> {
  const fields = options.input ?? ({} as F);
  const symbol: Context<F> = { name, fields, scope: (map) => scopeOf(symbol, map) };
  contexts.set(symbol, {
    symbol,
    name,
    fields,
    cache: options.cache,
    rev: options.rev ?? 0,
    doc: options.doc,
    place: callerPlace(context),
  });
  return Object.freeze(symbol);
}

/** Declares a server function, or as a decorator a method of a class: everything else is derived from this. */
export function client<
  C extends Fields = Record<never, never>,
  I extends Input = Record<never, never>,
  O = undefined,
>(
  options: Options<C, I, O>,
  handler: Handler<Args<C> & Args<I>, O>,
): ServerFunction<Args<C> & Args<I>, Returned<O>>;
export function client<
  C extends Fields = Record<never, never>,
  I extends Input = Record<never, never>,
  O = undefined,
>(options: Options<C, I, O>): MethodDecorator<Args<C> & Args<I>, O>;
export function client(
  handler: Handler<Record<never, never>, undefined>,
): ServerFunction<Record<never, never>, void>;
export function client(first: unknown, second?: unknown): unknown {
  const place = callerPlace(client);
  if (typeof first === 'function')
    return define({}, first as FunctionDefinition['handler'], undefined, place);
  const options = (first ?? {}) as AnyOptions;
  if (second !== undefined) return define(options, second as FunctionDefinition['handler'], undefined, place);
  return (method: FunctionDefinition['handler'], where: ClassMethodDecoratorContext) =>
    defineMethod(options, method, where, place);
}

function define(
  options: AnyOptions,
  handler: FunctionDefinition['handler'],
  method: string | undefined,
  place: Place | undefined,
): AnyFunction {
  const call = async (args?: unknown, req?: unknown) => callDirectly(definition, undefined, args ?? {}, req);
  const symbol = Object.assign(call, {
    scope: (map: Readonly<Record<string, string>>) => scopeOf(symbol, map),
  }) as AnyFunction;
  const definition: FunctionDefinition = { symbol, options, handler, method, place };
  functions.set(symbol, definition);
  return symbol;
}

/** The replaced method answers like the written one: at once where it does, with a promise where it does. */
function defineMethod(
  options: AnyOptions,
  handler: FunctionDefinition['handler'],
  where: ClassMethodDecoratorContext,
  place: Place | undefined,
): unknown {
  if (where?.kind !== 'method')
    throw new TypeError('@client decorates methods; fields and accessors cannot be called');
  function method(this: unknown, args?: unknown, req?: unknown): unknown {
    return callDirectly(definition, this, args ?? {}, req);
  }
  const symbol = Object.assign(method, {
    scope: (map: Readonly<Record<string, string>>) => scopeOf(symbol, map),
  }) as unknown as AnyFunction;
  const definition: FunctionDefinition = { symbol, options, handler, method: String(where.name), place };
  functions.set(symbol, definition);
  return symbol;
}

function scopeOf<Names extends string>(
  target: AnyContext | AnyFunction,
  map: { readonly [key: string]: string | undefined },
): Scope<Names> {
  return Object.freeze({ target, map: map as Record<string, string> });
}

/** Whether a value speaks the Standard Schema interface. Some brands are functions. */
export function isSchema(value: unknown): value is StandardSchemaV1 {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as Partial<StandardSchemaV1>)['~standard']?.validate === 'function'
  );
}
