import { client, context, createMizan } from '@mizan/server';
import { z } from 'zod';
import { screen, update } from './answers.mjs';
import { argFields, Counts, Posts, Profile } from './schemas.mjs';

const UserContext = context('user', { input: { userId: z.int() } });

const functions = {
  updateProfile: client({ input: argFields, output: Profile }, (given) => update(given)),
  saveProfile: client({ affects: UserContext, input: argFields, output: Profile }, (given) => update(given)),
  profile: client({ context: UserContext, output: Profile }, ({ userId }) => screen.profile(userId)),
  posts: client({ context: UserContext, output: Posts }, ({ userId }) => screen.posts(userId)),
  counts: client({ context: UserContext, output: Counts }, ({ userId }) => screen.counts(userId)),
};

/** Our contestant, as a user would write it. */
export const mizan = createMizan({ modules: [functions] });
