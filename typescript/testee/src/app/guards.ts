import { client, context, type Identity } from '@mizan/server';
import { z } from 'zod';
import { Who } from './types.ts';
import { world } from './world.ts';

/** Of one user: guarded, so never shared. */
export const DeskContext = context('desk');

const seen = (who: Identity | null): { id: string | null; staff: boolean; superuser: boolean } => ({
  id: who?.id ?? null,
  staff: who?.staff ?? false,
  superuser: who?.superuser ?? false,
});

export const deskOwner = client({ context: DeskContext, auth: true, output: Who }, async (_, req) => {
  await world.witness('deskOwner', {});
  return seen(req.identity);
});
export const deskNews = client({ context: DeskContext, output: z.string() }, async () => {
  await world.witness('deskNews', {});
  return 'for everybody';
});
export const whoAmI = client({ output: Who }, (_, req) => seen(req.identity));
export const forUsers = client({ auth: true, input: { count: z.int() }, output: z.int() }, ({ count }) => {
  world.witness('forUsers', { count });
  return count;
});
export const forStaff = client({ auth: 'staff', output: z.int() }, () => {
  world.witness('forStaff', {});
  return 1;
});
export const forSuperusers = client({ auth: 'superuser', output: z.int() }, () => {
  world.witness('forSuperusers', {});
  return 1;
});
/** Only the owner, told by the validated arguments. */
export const forOwner = client(
  { auth: (who, { ownerId }) => who.hasId(ownerId), input: { ownerId: z.int() }, output: z.int() },
  ({ ownerId }) => {
    world.witness('forOwner', { ownerId });
    return ownerId;
  },
);
/** Makes the desk stale for whoever reads it. */
export const tidyDesk = client({ affects: DeskContext, auth: true }, () => {});
/** Says who has the desk, in the place of its owner. */
export const claimDesk = client({ merge: deskOwner, auth: true, output: Who }, (_, req) =>
  seen(req.identity),
);
/** May travel over a socket. */
export const ping = client({ websocket: true, output: z.string() }, () => 'pong');
