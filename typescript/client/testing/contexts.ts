import {
  type Call,
  type Context,
  call,
  context,
  type Member,
  type MizanError,
  member,
  merge,
} from '../src/index.ts';

// What the generator would print; all tests of client and bindings use these.

export const contract = 'aaaaaaaaaaaaaaaa';

export interface Profile {
  id: number;
  name: string;
}
export interface UserParams {
  userId: number;
  page?: number | undefined;
}
export interface UserBundle {
  userPosts: string[];
  userProfile: Profile;
}

export const UserContext: Context<UserParams, UserBundle> = /* @__PURE__ */ context('user', contract, {
  required: true,
  user: true,
  defaults: { page: 1 },
});
export const userProfile: Member<UserParams, Profile> = /* @__PURE__ */ member(UserContext, 'userProfile');
export const userPosts: Member<UserParams, string[]> = /* @__PURE__ */ member(UserContext, 'userPosts');

export interface CountParams {
  status?: string | null | undefined;
}
// biome-ignore lint/suspicious/noConfusingVoidType: as in generated code, parameters may be left out
export type CountRead = CountParams | void;
export const CountContext: Context<CountParams, { count: number }, CountRead> = /* @__PURE__ */ context(
  'count',
  contract,
);
export const count: Member<CountParams, number, CountRead> = /* @__PURE__ */ member(CountContext, 'count');

export type OutOfStock = MizanError<'OutOfStock', { left: number }>;
export type RenameError = OutOfStock | MizanError;
export interface RenameArgs {
  userId: number;
  name: string;
}
export const rename: Call<RenameArgs, Profile, RenameError> = /* @__PURE__ */ call('rename', contract, merge);
export const ping: Call<void, null> = /* @__PURE__ */ call('ping', contract);
