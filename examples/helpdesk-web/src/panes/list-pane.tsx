import { type ReactNode, useEffect, useRef } from 'react';
import { TicketsContext, useTicketPage, useTicketPageState } from '../mizan/index.ts';
import { Icon } from '../parts/icon.tsx';
import { PaneBoundary } from '../parts/pane-boundary.tsx';
import { statusNames } from '../parts/status-mark.tsx';
import { Link } from '../routing/link.tsx';
import type { Route } from '../routing/route.ts';
import { useRouting } from '../routing/route-provider.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { SearchField } from './search-field.tsx';
import { TicketRows } from './ticket-rows.tsx';

/** The list of tickets: search, rows, pages. */
export function ListPane({ openForm }: { openForm: () => void }) {
  const { route, target } = useRouting();
  const scroller = useRef<HTMLDivElement>(null);
  const search = route.search === '' ? null : route.search;
  const params = { status: route.status, search, page: route.page };
  const key = JSON.stringify(params);
  const arriving =
    route.status !== target.status || route.search !== target.search || route.page !== target.page;

  // A new list begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what a new list means
  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [key]);

  return (
    <section
      className="list-pane"
      id="list"
      tabIndex={-1}
      aria-labelledby="list-title"
      data-context="tickets"
    >
      <TicketsContext {...params}>
        <div className="list-head">
          <h2 id="list-title" className="list-title">
            {titleOf(target)}
          </h2>
          <button type="button" className="button button-primary" onClick={openForm}>
            <Icon name="plus" /> New ticket
          </button>
          <SearchField />
        </div>
        <div className="list-scroll" ref={scroller} aria-busy={arriving} data-arriving={arriving}>
          <PaneBoundary
            what="The tickets"
            retry={() => TicketsContext.refresh(params)}
            resetKey={key}
            skeleton={<ListSkeleton />}
          >
            <TicketList route={route} />
          </PaneBoundary>
        </div>
      </TicketsContext>
    </section>
  );
}

function TicketList({ route }: { route: Route }) {
  const list = useTicketPage();
  const { error } = useTicketPageState();
  return (
    <>
      {error && (
        <Banner>
          The list could not be refreshed.{' '}
          <button type="button" className="text-button" onClick={() => TicketsContext.refresh()}>
            Try again
          </button>
        </Banner>
      )}
      {list.items.length === 0 ? <EmptyList route={route} /> : <TicketRows rows={list.items} route={route} />}
      {(list.pageCount > 1 || list.page > 1) && (
        <Pages page={list.page} pageCount={list.pageCount} total={list.total} />
      )}
    </>
  );
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <p className="banner" role="alert">
      {children}
    </p>
  );
}

function EmptyList({ route }: { route: Route }) {
  if (route.page > 1) {
    return (
      <div className="blank">
        <p className="blank-title">There is no page {route.page}</p>
        <Link to={{ page: 1 }} className="button">
          To the first page
        </Link>
      </div>
    );
  }
  if (route.search !== '') {
    return (
      <div className="blank">
        <p className="blank-title">Nothing found</p>
        <p>
          No {route.status === null ? '' : `${statusNames[route.status].toLowerCase()} `}ticket has “
          {route.search}” in its number, subject, message or names.
        </p>
        {route.status !== null && (
          <Link to={{ status: null, page: 1 }} className="button">
            Search all tickets
          </Link>
        )}
      </div>
    );
  }
  return (
    <div className="blank">
      <Icon name="tray" />
      <p className="blank-title">{route.status === 'open' ? 'All done' : 'Nothing here'}</p>
      <p>
        {route.status === 'open'
          ? 'Every ticket is answered. Have a coffee.'
          : 'There is no such ticket just now.'}
      </p>
    </div>
  );
}

function Pages({ page, pageCount, total }: { page: number; pageCount: number; total: number }) {
  return (
    <nav className="pages" aria-label="Pages">
      <PageLink page={page - 1} enabled={page > 1} name="Newer" />
      <span>
        Page {page} of {pageCount} <span className="pages-total">· {total} tickets</span>
      </span>
      <PageLink page={page + 1} enabled={page < pageCount} name="Older" />
    </nav>
  );
}

function PageLink({ page, enabled, name }: { page: number; enabled: boolean; name: string }) {
  const content = (
    <>
      {name === 'Newer' && <Icon name="back" />}
      {name}
      {name === 'Older' && <Icon name="forward" />}
    </>
  );
  if (!enabled)
    return (
      <span className="page-link" data-disabled="true">
        {content}
      </span>
    );
  return (
    <Link to={{ page }} className="page-link" rel={name === 'Newer' ? 'prev' : 'next'}>
      {content}
    </Link>
  );
}

/** What the list is called: "Open tickets", "Search in all tickets". */
export function titleOf({ status, search }: Pick<Route, 'status' | 'search'>): string {
  const tickets = status === null ? 'All tickets' : `${statusNames[status]} tickets`;
  return search === '' ? tickets : `Found in ${tickets.toLowerCase()}`;
}
