'use client';

export {
  type Call,
  type CallOptions,
  type Client,
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
  type Patch,
  type State,
  setDefaultClient,
  type Transport,
  uuid,
} from '@mizan/client';
export { type FocusOptions, refreshOnFocus } from '@mizan/client/focus';
export { type ClientEvent, observe } from '@mizan/client/observe';
export { context, hook, stateHook } from './context.ts';
export { useMutation } from './mutation.ts';
export { MizanProvider, useClient } from './provider.ts';
export type { ContextComponent, Hook, Mutation, MutationOptions, StateHook } from './types.ts';
