import { initTRPC } from '@trpc/server';
import { screen, update } from './answers.mjs';
import { Args, Counts, Posts, Profile, User } from './schemas.mjs';

const t = initTRPC.create();

/** The same functions in tRPC, input and output validated. */
export const router = t.router({
  update: t.procedure
    .input(Args)
    .output(Profile)
    .mutation(({ input }) => update(input)),
  profile: t.procedure
    .input(User)
    .output(Profile)
    .query(({ input }) => screen.profile(input.userId)),
  posts: t.procedure
    .input(User)
    .output(Posts)
    .query(({ input }) => screen.posts(input.userId)),
  counts: t.procedure
    .input(User)
    .output(Counts)
    .query(({ input }) => screen.counts(input.userId)),
});
