export { type Finding, MizanError } from '@mizan/core';
export { type FrameConnection, type FrameOptions, frameConnection } from './adapters/frames.ts';
export type { Limits, Transaction } from './app.ts';
export { type ContextOptions, client, context } from './define.ts';
export { type DeclaredError, type ErrorOptions, error } from './error.ts';
export { type Identity, type IdentityFacts, identity } from './identity.ts';
export type { Log, LogEntry } from './log.ts';
export { type Mistake, RegistrationError } from './mistake.ts';
export {
  createMizan,
  type Exported,
  type Mizan,
  type MizanOptions,
  type ReleasedContracts,
} from './mizan.ts';
export type { RegisteredFunction } from './registry.ts';
export type { MizanRequest } from './request.ts';
export { type MemoryStoreOptions, memoryStore, type Store, type Taken } from './store.ts';
export type {
  AnyContext,
  AnyFunction,
  Args,
  Auth,
  Context,
  ErrorClass,
  Fields,
  Handler,
  Input,
  MethodDecorator,
  Options,
  Params,
  Result,
  Scope,
  ServerFunction,
} from './types.ts';
export type { WireBody, WireRequest, WireResponse } from './wire.ts';
