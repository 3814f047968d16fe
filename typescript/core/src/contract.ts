/**
 * The contract as data: what a backend exports and everything else is derived from.
 * Names are wire names throughout. `spec/ir/` gives its one text form.
 */

/** A JSON value as `JSON.parse` yields it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A type of the contract (spec clause IR-TYPE). Bounds of `bigint` and `decimal` are text. */
export type Type =
  | { kind: 'string'; minLength?: number; maxLength?: number; pattern?: string }
  | { kind: 'int'; min?: number; max?: number; multipleOf?: number }
  | { kind: 'bigint'; min?: string; max?: string }
  | { kind: 'decimal'; min?: string; max?: string; multipleOf?: string }
  | { kind: 'float'; min?: number; max?: number }
  | { kind: 'bool' | 'null' | 'datetime' | 'date' | 'time' | 'duration' | 'uuid' | 'bytes' | 'json' }
  | { kind: 'upload'; maxSize?: number; accept?: string[] }
  | { kind: 'list'; items: Type; minItems?: number; maxItems?: number }
  | { kind: 'map'; values: Type; minItems?: number; maxItems?: number }
  | { kind: 'enum'; values: string[] }
  | { kind: 'union'; arms: Type[]; tag?: string }
  | { kind: 'nullable'; of: Type }
  | { kind: 'ref'; name: string };

/** Names of all kinds of type. */
export type TypeKind = Type['kind'];

/** A field of a struct, an input, a declared error; also a parameter of a context. */
export interface Field {
  name: string;
  type: Type;
  /** May be absent on the wire. A field with a default may be absent in input and is always present in output. */
  optional: boolean;
  /** Present (and possibly null) when the field has a default. */
  default?: Json;
  doc?: string;
  /** The reason, possibly empty. */
  deprecated?: string;
}

/** A named type. Only structs must be named; enums and unions are inline unless they have a name. */
export interface TypeDecl {
  name: string;
  doc?: string;
  deprecated?: string;
  type:
    | { kind: 'struct'; fields: Field[] }
    | Extract<Type, { kind: 'enum' }>
    | Extract<Type, { kind: 'union' }>;
}

/** A named bundle of reads that share parameters. */
export interface ContextDecl {
  name: string;
  doc?: string;
  /** The union of the members' parameters. */
  params: Field[];
  /** Names of the member functions. */
  members: string[];
  /** `user` when any member has `auth`, else `public`. */
  cacheClass: 'public' | 'user';
  /** Seconds; absent: not cached. */
  cache?: number;
  rev: number;
}

/** Where a parameter of an affected scope comes from: a field of the arguments or of the result. */
export interface ScopeParam {
  param: string;
  from: 'args' | 'result';
  field: string;
}

/** What a mutation makes stale. No params: every instance of the context. */
export interface Affects {
  context: string;
  /** A hint: only this member changed. */
  member?: string;
  params: ScopeParam[];
}

/** A query whose value the mutation's result replaces, in the instance that the params name. */
export interface Merge {
  function: string;
  params: ScopeParam[];
}

export type AuthKind = 'none' | 'user' | 'staff' | 'superuser' | 'custom';

/** A registered function. `context` makes it a query, `affects` or `merge` a mutation. */
export interface FunctionDecl {
  name: string;
  doc?: string;
  deprecated?: string;
  context?: string;
  input: Field[];
  /** `{ kind: 'null' }` when it returns nothing. For a streaming function, the type of one item. */
  output: Type;
  /** Names of declared errors. */
  errors: string[];
  auth: AuthKind;
  private: boolean;
  stream: boolean;
  websocket: boolean;
  affects: Affects[];
  merge: Merge[];
}

/** A declared error: its code is its name. */
export interface ErrorDecl {
  name: string;
  doc?: string;
  status: number;
  fields: Field[];
}

/** The whole contract. Lists are in any order; the printer sorts. */
export interface Contract {
  contexts: ContextDecl[];
  errors: ErrorDecl[];
  functions: FunctionDecl[];
  types: TypeDecl[];
}

/** Where things stand in the source, kept beside the contract in `contract.sources.json`. */
export interface Sources {
  functions: Record<string, SourcePlace>;
  types: Record<string, SourcePlace>;
  contexts: Record<string, SourcePlace>;
  errors: Record<string, SourcePlace>;
}

/** A path relative to the project root with `/`, and a line from 1. */
export interface SourcePlace {
  path: string;
  line: number;
}
