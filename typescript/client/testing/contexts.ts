import {
  type Call,
  type Context,
  call,
  context,
  type Member,
  type MizanError,
  member,
} from '../src/index.ts';

/** What the generator would print; all tests of client and bindings use these. */
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
// biome-ignore lint/suspicious/noConfusingVoidType: as generated code says that parameters may be left out
export type CountRead = CountParams | void;
export const CountContext: Context<CountParams, { count: number }, CountRead> = /* @__PURE__ */ context(
  'count',
  contract,
);
export const count: Member<CountParams, number, CountRead> = /* @__PURE__ */ member(CountContext, 'count');

export type OutOfStock = MizanError<'OutOfStock', { left: number }>;
export const rename: Call<{ userId: number; name: string }, Profile, OutOfStock | MizanError> =
  /* @__PURE__ */ call('rename', contract);
export const ping: Call<void, null> = /* @__PURE__ */ call('ping', contract);
