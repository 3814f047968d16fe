import { type MizanError, useMutation } from '@mizan/react';
import {
  addComment,
  assign,
  comments,
  counts,
  type Person,
  type Priority,
  type Status,
  SummaryContext,
  setPriority,
  setStatus,
  type Ticket,
  type TicketClosed,
  TicketContext,
  type TicketRow,
  TicketsContext,
  ticket,
  ticketPage,
  useAgents,
} from '../mizan/index.ts';
import { useSay } from '../parts/announcer.tsx';
import { priorityNames, statuses, statusNames } from '../parts/status-mark.tsx';
import { sayTime } from '../parts/time.tsx';
import { useDesk } from '../settings/desk.ts';

/** What can be done to a ticket. Each change shows at once, and is taken back when the server refuses it. */
export function useTicketChanges({ id: ticketId, status: from }: Ticket) {
  const say = useSay();
  const agents = useAgents();
  const { agentId: actorId } = useDesk();
  const findAgent = (id: number | null) => agents.find((agent) => agent.id === id) ?? null;

  const status = useMutation(setStatus, {
    optimistic: ({ status: to }) => [
      ticket.patch({ ticketId }, (now) => ({ ...now, status: to })),
      counts.patch({}, (now) => ({ ...now, [from]: now[from] - 1, [to]: now[to] + 1 })),
      inLists(ticketId, (row) => ({ ...row, status: to })),
      ...statuses.filter((other) => other !== to).map((other) => outOfLists(ticketId, other)),
    ],
  });
  const assignee = useMutation(assign, {
    optimistic: ({ assigneeId }) => [
      ticket.patch({ ticketId }, (now) => ({ ...now, assignee: findAgent(assigneeId) })),
      inLists(ticketId, (row) => ({ ...row, assignee: findAgent(assigneeId) })),
    ],
  });
  const priority = useMutation(setPriority, {
    optimistic: ({ priority: to }) => [
      ticket.patch({ ticketId }, (now) => ({ ...now, priority: to })),
      inLists(ticketId, (row) => ({ ...row, priority: to })),
    ],
  });
  const comment = useMutation(addComment, {
    optimistic: ({ body }) => {
      const author = findAgent(actorId);
      const createdAt = new Date().toISOString();
      if (author === null) return [];
      return comments.patch({ ticketId }, (now) => [...now, { id: unsent, author, body, createdAt }]);
    },
  });

  const refuse = (error: TicketClosed | MizanError) => {
    say(describeRefusal(error), { tone: 'failed' });
    // Somebody was faster, so what is on screen is old.
    if (error.code !== 'TicketClosed') return;
    TicketContext.refresh({ ticketId });
    TicketsContext.refresh();
    SummaryContext.refresh();
  };

  const changeStatus = async (to: Status, back?: Status) => {
    const { error } = await status.mutate({ ticketId, status: to, actorId });
    if (error) return refuse(error);
    const action = back && { name: 'Undo', run: () => void changeStatus(back) };
    say(`Ticket ${ticketId} is ${statusNames[to].toLowerCase()}`, { action });
  };

  return {
    pending: status.pending || assignee.pending || priority.pending,
    setStatus: (to: Status) => (to === from ? undefined : changeStatus(to, from)),
    assign: async (to: Person['id'] | null) => {
      const { error } = await assignee.mutate({ ticketId, assigneeId: to, actorId });
      if (error) return refuse(error);
      say(
        to === null
          ? `Ticket ${ticketId} is with nobody`
          : `Ticket ${ticketId} is with ${findAgent(to)?.name}`,
      );
    },
    setPriority: async (to: Priority) => {
      const { error } = await priority.mutate({ ticketId, priority: to });
      if (error) return refuse(error);
      say(`Priority of ticket ${ticketId} is ${priorityNames[to].toLowerCase()}`);
    },
    /** Resolves to whether the reply was sent. */
    reply: async (body: string): Promise<boolean> => {
      const { error } = await comment.mutate({ ticketId, authorId: actorId, body });
      if (error) refuse(error);
      else say('Reply sent');
      return error === undefined;
    },
    sending: comment.pending,
  };
}

/** The id of a reply that the server has not numbered yet. */
export const unsent = -1;

function inLists(ticketId: number, change: (row: TicketRow) => TicketRow) {
  return ticketPage.patch({}, (page) => ({
    ...page,
    items: page.items.map((row) => (row.id === ticketId ? change(row) : row)),
  }));
}

/** A ticket leaves the lists of the statuses that it no longer has. */
function outOfLists(ticketId: number, status: Status) {
  return ticketPage.patch({ status }, (page) => ({
    ...page,
    items: page.items.filter((row) => row.id !== ticketId),
  }));
}

function describeRefusal(error: TicketClosed | MizanError): string {
  if (error.code !== 'TicketClosed') return error.message;
  const { closedBy, closedAt } = (error as TicketClosed).details;
  return `${closedBy} has closed this ticket (${sayTime(new Date(closedAt))}). Open it again first.`;
}
