'use client';

export {
  type Call,
  type CallOptions,
  type Client,
  type ClientEvent,
  type ClientOptions,
  type Context,
  type ContractMismatch,
  call,
  createClient,
  datetime,
  defaultClient,
  type ErrorCode,
  http,
  type Json,
  type Member,
  MizanError,
  member,
  merge,
  type NoParams,
  type Optional,
  type Outcome,
  observe,
  type Patch,
  refreshOnFocus,
  type State,
  setDefaultClient,
  type Transport,
  uuid,
} from '@mizan/client';
export { context } from './context.ts';
export { hook, stateHook } from './hooks.ts';
export { useMutation } from './mutation.ts';
export { MizanProvider, useClient } from './provider.ts';
export type { ContextComponent, Hook, Mutation, MutationOptions, StateHook } from './types.ts';
