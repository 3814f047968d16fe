import {
  contract,
  type Profile,
  type RenameArgs,
  type RenameError,
  type UserBundle,
  type UserParams,
} from '../../client/testing/contexts.ts';
import {
  type Call,
  type ContextComponent,
  call,
  context,
  type Hook,
  hook,
  type Member,
  member,
  merge,
  type StateHook,
  stateHook,
} from '../src/index.ts';

// What the generator would print for React.

export const UserContext: ContextComponent<UserParams, UserBundle> = /* @__PURE__ */ context(
  'user',
  contract,
  {
    required: true,
    user: true,
    defaults: { page: 1 },
  },
);
export const userProfile: Member<UserParams, Profile> = /* @__PURE__ */ member(UserContext, 'userProfile');
export const useUserProfile: Hook<UserParams, Profile> = /* @__PURE__ */ hook(UserContext, 'userProfile');
export const useUserProfileState: StateHook<UserParams, Profile> = /* @__PURE__ */ stateHook(
  UserContext,
  'userProfile',
);
export const useUserPosts: Hook<UserParams, string[]> = /* @__PURE__ */ hook(UserContext, 'userPosts');
export const useUserPostsState: StateHook<UserParams, string[]> = /* @__PURE__ */ stateHook(
  UserContext,
  'userPosts',
);

export interface CountParams {
  status?: string | null | undefined;
}
// biome-ignore lint/suspicious/noConfusingVoidType: as in generated code, parameters may be left out
export type CountRead = CountParams | void;
export const CountContext: ContextComponent<CountParams, { count: number }, CountRead> =
  /* @__PURE__ */ context('count', contract);
export const useCount: Hook<CountParams, number> = /* @__PURE__ */ hook(CountContext, 'count');

export const rename: Call<RenameArgs, Profile, RenameError> = /* @__PURE__ */ call('rename', contract, merge);
