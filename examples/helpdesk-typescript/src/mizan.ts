import { createMizan } from '@mizan/server';
import { inTransaction } from './database/database.ts';
import * as summary from './summary.ts';
import * as team from './team.ts';
import * as ticket from './ticket.ts';
import * as tickets from './tickets.ts';
import * as types from './types.ts';

/** The Helpdesk's functions. It asks nobody who they are: it is a demo on your own machine. */
export const mizan = createMizan({
  modules: [tickets, ticket, summary, team, types],
  transaction: (run) => inTransaction(run),
  // A slow machine shall show what a fast one does: fresh data in the answer of each write.
  limits: { flightMilliseconds: 2000 },
});
