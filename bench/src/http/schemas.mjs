import { z } from 'zod';

/** The call's arguments as Zod fields. */
export const argFields = {
  userId: z.int(),
  name: z.string().min(1).max(80),
  nickname: z.string().max(80).optional(),
};
/** The call's arguments as one schema. */
export const Args = z.object(argFields);
/** What the call and the first read answer. */
export const Profile = z.object({
  id: z.int(),
  name: z.string(),
  nickname: z.string().nullable(),
  version: z.int(),
});
/** What the second read answers. */
export const Posts = z.array(z.object({ id: z.int(), userId: z.int(), title: z.string(), likes: z.int() }));
/** What the third read answers. */
export const Counts = z.object({ userId: z.int(), posts: z.int(), followers: z.int(), unread: z.int() });
/** The parameters of the reads. */
export const User = z.object({ userId: z.int() });
