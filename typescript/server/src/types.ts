import type { MizanError } from '@mizan/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Identity } from './identity.ts';
import type { MizanRequest } from './request.ts';

/** Named fields, each a schema of any Standard Schema brand. */
export type Fields = Readonly<Record<string, StandardSchemaV1>>;

/** What a function takes: fields, or one object schema where a rule spans fields. */
export type Input = Fields | StandardSchemaV1;

/** What a handler receives for an input, or for the parameters of a context: `Args<typeof UserContext>`. */
export type Args<T> = T extends { readonly fields: infer F extends Fields }
  ? FieldArgs<F>
  : T extends StandardSchemaV1
    ? StandardSchemaV1.InferOutput<T>
    : T extends Fields
      ? FieldArgs<T>
      : never;

type FieldArgs<F extends Fields> = { [K in keyof F]: StandardSchemaV1.InferOutput<F[K]> };

/** What a handler returns: what the output schema takes in, or anything where there is none (it is dropped). */
export type Result<O> = O extends StandardSchemaV1
  ? StandardSchemaV1.InferInput<O> | Promise<StandardSchemaV1.InferInput<O>>
  : unknown;

/** What a direct call of a registered function resolves to. */
// biome-ignore lint/suspicious/noConfusingVoidType: it stands for a return type
export type Returned<O> = O extends StandardSchemaV1 ? StandardSchemaV1.InferInput<O> : void;

/** The body of a server function. The request comes second; leave it out when not needed. */
export type Handler<A, O> = (args: A, req: MizanRequest) => Result<O>;

/** A value that may stand in an address. */
export type Scalar = string | number | boolean | null | undefined;

/** Values for some of a context's parameters. */
export type Params<F extends Fields> = { readonly [K in keyof F]?: Scalar };

/** A context or query at the instances that a mutation names: parameter to field of arguments or result. */
export interface Scope<Names extends string = string> {
  readonly target: Context | AnyFunction;
  readonly map: Readonly<Record<string, string>>;
  /** Only for the compiler: the fields that the map asks for. */
  readonly asks?: Names;
}

/** A named bundle of reads that share parameters. */
export interface Context<F extends Fields = Fields> {
  readonly name: string;
  readonly fields: F;
  /** Takes parameters from fields of other names: `UserContext.scope({ userId: 'authorId' })`. */
  scope<const Names extends string>(map: { readonly [K in keyof F]?: Names }): Scope<Names>;
}

/** Any context, whatever its parameters. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked where a scope names them
export type AnyContext = Context<any>;

/** A registered function: call it as written, with the request to join the answer under way. */
export interface ServerFunction<A, R> {
  (
    ...call: Record<never, never> extends A ? [args?: A, req?: MizanRequest] : [args: A, req?: MizanRequest]
  ): Promise<R>;
  /** For `affects` and `merge`: takes the context's parameters from fields of other names. */
  scope<const Names extends string>(map: { readonly [K in keyof A]?: Names }): Scope<Names>;
}

/** Any registered function. */
// biome-ignore lint/suspicious/noExplicitAny: of any arguments and result
export type AnyFunction = ServerFunction<any, any>;

/** A guard by name: signed in, staff, superuser; or a function of the caller and the validated arguments. */
export type Auth<A> =
  | boolean
  | 'staff'
  | 'superuser'
  | ((who: Identity, args: A) => boolean | Promise<boolean>);

/** The class of a declared error, made by `error(…)`. */
export interface ErrorClass {
  // biome-ignore lint/suspicious/noExplicitAny: of any details
  new (...args: any[]): MizanError<string, any>;
  readonly code: string;
}

type Affected<Names extends string> = AnyContext | AnyFunction | Scope<Names>;
type Merged<Names extends string> = AnyFunction | Scope<Names>;
type Names<C, I, O> =
  | (keyof Args<C> & string)
  | (keyof Args<I> & string)
  | (O extends StandardSchemaV1 ? keyof NonNullable<StandardSchemaV1.InferOutput<O>> & string : never);

/** The one declaration of a server function. */
export interface Options<C extends Fields, I extends Input, O> {
  /** Makes it a query: a member of this context. */
  readonly context?: Context<C>;
  readonly input?: I;
  /** Left out: it returns nothing. */
  readonly output?: O;
  /** Makes it a mutation: what it makes stale. */
  readonly affects?:
    | Affected<Names<C, NoInfer<I>, NoInfer<O>>>
    | readonly Affected<Names<C, NoInfer<I>, NoInfer<O>>>[];
  /** Queries whose value the result replaces; their output is this function's. */
  readonly merge?:
    | Merged<Names<C, NoInfer<I>, NoInfer<O>>>
    | readonly Merged<Names<C, NoInfer<I>, NoInfer<O>>>[];
  readonly errors?: readonly ErrorClass[];
  readonly auth?: Auth<Args<C> & Args<I>>;
  /** Callable from the server only. */
  readonly private?: boolean;
  /** May travel over a socket. */
  readonly websocket?: boolean;
  /** Its wire name; by default the name of the export or method. */
  readonly name?: string;
  /** Becomes documentation in every client. */
  readonly doc?: string;
  readonly deprecated?: boolean | string;
  /** Defaults of fields whose brand loses them in JSON Schema (ArkType). */
  readonly defaults?: { readonly [K in keyof I]?: unknown };
}

/** What a decorated method must look like. */
export type MethodDecorator<A, O> = <M extends (args: A, req: MizanRequest) => Result<O>>(
  method: M,
  context: ClassMethodDecoratorContext<unknown, M>,
) => void;

/** Options with their types forgotten, as the registry reads them. */
export type AnyOptions = Omit<
  Options<Fields, Input, unknown>,
  'auth' | 'affects' | 'merge' | 'context' | 'output'
> & {
  readonly context?: AnyContext;
  readonly output?: StandardSchemaV1;
  readonly affects?: unknown;
  readonly merge?: unknown;
  readonly auth?: Auth<never>;
};
