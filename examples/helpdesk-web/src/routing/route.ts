import type { Status } from '../mizan/index.ts';

/** What the address bar says: which list, and which ticket of it is open. */
export interface Route {
  /** Null shows the tickets of every status. */
  status: Status | null;
  search: string;
  page: number;
  /** Null: only the list. `unknown` when the address is none of ours. */
  ticketId: number | 'unknown' | null;
}

const views: Record<string, Status | null> = {
  open: 'open',
  waiting: 'waiting',
  closed: 'closed',
  all: null,
};

/** Reads an address. What makes no sense in its query falls back to the plain list. */
export function parseRoute(url: { pathname: string; search: string }): Route {
  const query = new URLSearchParams(url.search);
  const page = Number(query.get('page') ?? 1);
  const view = views[query.get('view') ?? 'open'];
  return {
    status: view === undefined ? 'open' : view,
    search: (query.get('q') ?? '').slice(0, 100),
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
    ticketId: parsePath(url.pathname),
  };
}

function parsePath(pathname: string): Route['ticketId'] {
  if (pathname === '/') return null;
  const number = /^\/tickets\/([1-9]\d{0,9})\/?$/.exec(pathname)?.[1];
  return number === undefined ? 'unknown' : Number(number);
}

/** The address of a route: the shortest that leads back to it. */
export function formatRoute({ status, search, page, ticketId }: Route): string {
  const query = new URLSearchParams();
  if (status !== 'open') query.set('view', status ?? 'all');
  if (search !== '') query.set('q', search);
  if (page !== 1) query.set('page', String(page));
  const text = query.toString();
  return (typeof ticketId === 'number' ? `/tickets/${ticketId}` : '/') + (text === '' ? '' : `?${text}`);
}
