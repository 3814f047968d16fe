import type { Page } from 'playwright-core';
import type { RunningServer } from './run-server.ts';

/** All that the page shows of the server's state, in words that can be compared. */
export interface Screen {
  list: string[];
  counts: Record<string, string>;
  desks: Record<string, string>;
  ticket: string[] | null;
  pins: string[];
}

/** Reads the page. */
export function readScreen(page: Page): Promise<Screen> {
  return page.evaluate(() => {
    const text = (element: Element | null | undefined) => (element?.textContent ?? '').trim();
    const all = (selector: string, root: ParentNode = document) => [...root.querySelectorAll(selector)];
    const select = (name: string) =>
      all('.properties .chooser')
        .find((chooser) => text(chooser.querySelector('.visually-hidden')) === name)
        ?.querySelector('select');
    const ticket = document.querySelector('.properties');
    return {
      list: all('a.row').map((row) =>
        [
          row.id.replace('row-', '#'),
          text(row.querySelector('.row-subject')),
          text(row.querySelector('.tag')),
          text(row.querySelector('.row-comments')).replace(/ .*/, '') || '0',
          row.querySelector('.row-bottom [title]')?.getAttribute('title') ?? '',
        ].join(' | '),
      ),
      counts: Object.fromEntries(
        all('.view').map((view) => [
          text(view.querySelector('.view-name')),
          text(view.querySelector('.view-count')),
        ]),
      ),
      desks: Object.fromEntries(
        all('a.desk').map((desk) => [
          text(desk.querySelector('.desk-name')),
          text(desk.querySelector('.desk-count')).replace(/ .*/, ''),
        ]),
      ),
      ticket: ticket && [
        text(document.querySelector('.ticket-title')),
        text(ticket.querySelector('.segment[aria-pressed="true"]')),
        select('Assignee')?.selectedOptions[0]?.text ?? '',
        select('Priority')?.selectedOptions[0]?.text ?? '',
        ...all('.message-body').map(text),
        `${all('.happening').length} happenings`,
      ],
      pins: all('.pin').map(
        (pin) => `${text(pin.querySelector('.status-mark'))} ${text(pin.querySelector('.pin-subject'))}`,
      ),
    };
  });
}

const names: Record<string, string> = {
  open: 'Open',
  waiting: 'Waiting',
  closed: 'Closed',
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
};

/** What the page ought to show, from the server itself. */
export async function readTruth(server: RunningServer, url: string, pins: number[]): Promise<Screen> {
  const { pathname, searchParams } = new URL(url);
  const query = new URLSearchParams({ page: searchParams.get('page') ?? '1' });
  const view = searchParams.get('view') ?? 'open';
  if (view !== 'all') query.set('status', view);
  const id = /^\/tickets\/(\d+)/.exec(pathname)?.[1];
  const [{ ticketPage }, { counts, workload }, pinned, open] = await Promise.all([
    server.read(`tickets?${query}`),
    server.read('summary'),
    Promise.all(pins.map((pin) => server.read(`ticket?ticketId=${pin}`))),
    id === undefined ? null : server.read(`ticket?ticketId=${id}`),
  ]);
  const { open: opened, waiting, closed } = counts;
  return {
    list: ticketPage.items.map((row: TicketRow) =>
      [
        `#${row.id}`,
        row.subject,
        row.priority === 'high' || row.priority === 'urgent' ? names[row.priority] : '',
        String(row.commentCount),
        row.assignee?.name ?? 'Nobody',
      ].join(' | '),
    ),
    counts: {
      Open: String(opened),
      Waiting: String(waiting),
      Closed: String(closed),
      All: String(opened + waiting + closed),
    },
    desks: Object.fromEntries(
      workload.map((load: AgentLoad) => [load.agent.name.split(' ')[0], String(load.open + load.waiting)]),
    ),
    ticket: open && [
      open.ticket.subject,
      names[open.ticket.status],
      open.ticket.assignee?.name ?? 'Nobody',
      names[open.ticket.priority],
      open.ticket.body,
      ...open.comments.map((comment: { body: string }) => comment.body),
      `${open.history.length - 1} happenings`,
    ],
    pins: pinned.map(({ ticket }) => `${names[ticket.status]} ${ticket.subject}`),
  };
}

interface TicketRow {
  id: number;
  subject: string;
  priority: string;
  commentCount: number;
  assignee: { name: string } | null;
}

interface AgentLoad {
  agent: { name: string };
  open: number;
  waiting: number;
}
