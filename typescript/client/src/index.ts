export type { Json } from '@mizan/core';
export { type ErrorCode, MizanErrorBase as MizanError } from '@mizan/core';
export { addressOf } from './address.ts';
export type { Client, ClientOptions, ContractMismatch, Hydration, Readable, Tool } from './client.ts';
export { type Clock, hostClock } from './clock.ts';
export { valueIn } from './data.ts';
export { createClient, defaultClient, setDefaultClient } from './default-client.ts';
export { call, context, define, member } from './define.ts';
export type {
  Call,
  CallOptions,
  Context,
  ContextOptions,
  Definition,
  Member,
  NoParams,
  Optional,
  Outcome,
  ParamForm,
  Params,
  Patch,
  ReadOptions,
  State,
} from './definition.ts';
export { datetime, uuid } from './forms.ts';
export { type HttpOptions, http } from './http.ts';
export type { Bundle, Instance } from './instance.ts';
export { merge } from './merge.ts';
export { stateOf } from './state.ts';
export type { Answer, CallBody, Transport } from './transport.ts';
