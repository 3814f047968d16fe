/** What every contestant knows and answers; only how it does so differs. */
export const profile = { id: 5, name: 'Ada Lovelace', nickname: 'ada', version: 12 };

/** The arguments of the call that every contestant validates. */
export const args = { userId: 5, name: 'Ada Lovelace', nickname: 'ada' };

/** Stores a profile, as cheaply as can be. @param {{ userId: number, name: string, nickname?: string | undefined }} given */
export function update({ userId, name, nickname }) {
  return { id: userId, name, nickname: nickname ?? null, version: 12 };
}

/** The three reads of one screen, each small. */
export const screen = {
  /** @param {number} userId */
  profile: (userId) => ({ ...profile, id: userId }),
  /** @param {number} userId */
  posts: (userId) => [
    { id: 1, userId, title: 'Notes on the engine', likes: 12 },
    { id: 2, userId, title: 'On numbers', likes: 7 },
    { id: 3, userId, title: 'A letter', likes: 3 },
  ],
  /** @param {number} userId */
  counts: (userId) => ({ userId, posts: 3, followers: 128, unread: 2 }),
};
