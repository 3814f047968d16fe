import { client, context, MizanError } from '@mizan/server';
import { z } from 'zod';
import { bigint, Card, Color, State } from './types.ts';
import { world } from './world.ts';

/** Shared and optional parameters. */
export const BoardContext = context('board', { input: { boardId: z.int() } });
/** Every type that an address can hold, in two contexts of at most five. */
export const KeysContext = context('keys', {
  input: { text: z.string(), count: z.int(), flag: z.boolean(), big: bigint(), color: Color },
});
export const MomentsContext = context('moments', {
  input: { day: z.iso.date(), at: z.iso.datetime({ offset: true }), key: z.uuid() },
});
/** Members that fail on demand. */
export const FragileContext = context('fragile', { input: { group: z.string() } });

export const boardCards = client(
  {
    context: BoardContext,
    input: { state: State.nullable().default(null), q: z.string().default('') },
    output: z.array(Card),
  },
  async ({ boardId, state, q }) => {
    await world.witness('boardCards', { boardId, state, q });
    const cards = world.seen.cards.get(boardId) ?? [];
    return cards.filter((card) => (state === null || card.state === state) && card.title.includes(q));
  },
);
export const boardSize = client({ context: BoardContext, output: z.int() }, async ({ boardId }) => {
  await world.witness('boardSize', { boardId });
  return world.seen.cards.get(boardId)?.length ?? 0;
});
/** Its state is a filter of the context: it never scopes by name. */
export const moveCard = client(
  { affects: BoardContext, input: { boardId: z.int(), cardId: z.int(), state: State } },
  ({ boardId, cardId, state }) => {
    const cards = world.seen.cards.get(boardId) ?? [];
    world.seen.cards.set(
      boardId,
      cards.map((card) => (card.id === cardId ? { ...card, state } : card)),
    );
  },
);
/** Clears every board: broad. */
export const clearBoards = client({ affects: BoardContext }, () => {
  world.seen.cards.clear();
});

export const keysSeen = client(
  { context: KeysContext, output: z.string() },
  async ({ text, count, flag, big, color }) => {
    await world.witness('keysSeen', { text, count, flag, big, color });
    return text;
  },
);
/** Makes one instance of keys stale; its text may hold anything. */
export const touchKeys = client({ affects: KeysContext, input: { text: z.string() } }, () => {});
export const momentsSeen = client(
  { context: MomentsContext, output: z.string() },
  async ({ day, at, key }) => {
    await world.witness('momentsSeen', { day, at, key });
    return at;
  },
);

const fragile = (name: string) =>
  client({ context: FragileContext, output: z.string() }, async ({ group }) => {
    await world.witness(name, { group });
    const does = world.instruction(name);
    if (does === 'crash') throw new Error(`secret-7f3a: ${name}`);
    if (does === 'conflict') throw MizanError.conflict(name);
    return does === 'wrong' ? (7 as unknown as string) : `${name} of ${group}`;
  });
export const fragileOne = fragile('fragileOne');
export const fragileTwo = fragile('fragileTwo');
export const fragileThree = fragile('fragileThree');
/** Makes a group stale, so that single flight reads its members. */
export const touchFragile = client({ affects: FragileContext, input: { group: z.string() } }, () => {});
