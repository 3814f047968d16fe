import { os } from '@orpc/server';
import { screen, update } from './answers.mjs';
import { Args, Counts, Posts, Profile, User } from './schemas.mjs';

/** The same functions in oRPC, input and output validated. */
export const router = {
  update: os
    .input(Args)
    .output(Profile)
    .handler(({ input }) => update(input)),
  profile: os
    .input(User)
    .output(Profile)
    .handler(({ input }) => screen.profile(input.userId)),
  posts: os
    .input(User)
    .output(Posts)
    .handler(({ input }) => screen.posts(input.userId)),
  counts: os
    .input(User)
    .output(Counts)
    .handler(({ input }) => screen.counts(input.userId)),
};
