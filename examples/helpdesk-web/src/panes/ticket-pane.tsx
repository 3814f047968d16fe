import { useEffect, useRef } from 'react';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { TicketContext, useTicket, useTicketState } from '../mizan/index.ts';
import { Icon } from '../parts/icon.tsx';
import { PaneBoundary } from '../parts/pane-boundary.tsx';
import { Link } from '../routing/link.tsx';
import { useRouting } from '../routing/route-provider.tsx';
import { usePins } from '../settings/pins.ts';
import { Composer } from './composer.tsx';
import { Properties } from './properties.tsx';
import { TicketSkeleton } from './ticket-skeleton.tsx';
import { Timeline } from './timeline.tsx';
import { useTicketChanges } from './use-ticket-changes.ts';

/** One ticket: what it is, what was said, what can be done. */
export function TicketPane() {
  const { target, go } = useRouting();
  const { ticketId } = target;
  useShortcut('back', () => leave(go, ticketId), ticketId !== null);

  if (ticketId === null) return <NoTicket />;
  if (ticketId === 'unknown') {
    return (
      <section className="ticket-pane ticket-pane-empty" id="ticket" tabIndex={-1} aria-label="Ticket">
        <Unknown text="This page has no such address." />
      </section>
    );
  }
  return (
    <section
      className="ticket-pane"
      id="ticket"
      tabIndex={-1}
      aria-labelledby="ticket-title"
      data-context={`ticket?ticketId=${ticketId}`}
    >
      <BackLink ticketId={ticketId} />
      {/* Another ticket is another boundary: its skeleton shows at once, and its drafts are its own. */}
      <TicketContext ticketId={ticketId} key={ticketId}>
        <PaneBoundary
          what={`Ticket ${ticketId}`}
          retry={() => TicketContext.refresh({ ticketId })}
          skeleton={<TicketSkeleton ticketId={ticketId} />}
          explain={(error) => isNotFound(error) && <Unknown text={`There is no ticket ${ticketId}.`} />}
        >
          <OpenTicket />
        </PaneBoundary>
      </TicketContext>
    </section>
  );
}

function OpenTicket() {
  const ticket = useTicket();
  const { error } = useTicketState();
  const changes = useTicketChanges(ticket);
  const { isPinned, toggle } = usePins();
  const title = useRef<HTMLHeadingElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useShortcut('pin', () => toggle(ticket.id));

  // Where only one pane fits, opening a ticket is going to another page: the focus goes along.
  useEffect(() => {
    if (window.matchMedia('(max-width: 859px)').matches) title.current?.focus();
  }, []);

  const pinned = isPinned(ticket.id);
  return (
    <>
      <title>{`#${ticket.id} ${ticket.subject} · Helpdesk`}</title>
      <div className="ticket-scroll" ref={scroller}>
        <header className="ticket-head">
          <p className="ticket-number">
            #{ticket.id} · {ticket.requester.name}, {ticket.requester.title}
          </p>
          <h2 className="ticket-title" id="ticket-title" tabIndex={-1} ref={title}>
            {ticket.subject}
          </h2>
          <button
            type="button"
            className="icon-button pin-button"
            aria-pressed={pinned}
            aria-label="Pin"
            title={pinned ? 'Unpin (P)' : 'Pin (P)'}
            onClick={() => toggle(ticket.id)}
          >
            <Icon name="pin" />
          </button>
          <Properties ticket={ticket} changes={changes} />
        </header>
        {error && (
          <p className="banner" role="alert">
            This ticket could not be refreshed.{' '}
            <button
              type="button"
              className="text-button"
              onClick={() => TicketContext.refresh({ ticketId: ticket.id })}
            >
              Try again
            </button>
          </p>
        )}
        <Timeline ticket={ticket} />
      </div>
      <Composer
        ticket={ticket}
        changes={changes}
        onSent={() => scroller.current?.scrollTo({ top: scroller.current.scrollHeight })}
      />
    </>
  );
}

function BackLink({ ticketId }: { ticketId: number }) {
  const { go } = useRouting();
  return (
    <Link
      to={{ ticketId: null }}
      className="back-link"
      onClick={(event) => {
        event.preventDefault();
        leave(go, ticketId);
      }}
    >
      <Icon name="back" /> Tickets
    </Link>
  );
}

/** Back to the list, with the focus on the row one came from. */
function leave(go: ReturnType<typeof useRouting>['go'], ticketId: number | 'unknown' | null) {
  go({ ticketId: null });
  requestAnimationFrame(() => document.getElementById(`row-${ticketId}`)?.focus());
}

function NoTicket() {
  return (
    <section className="ticket-pane ticket-pane-empty" id="ticket" tabIndex={-1} aria-label="Ticket">
      <div className="blank">
        <img src="/lark.svg" alt="" width="56" height="56" />
        <p className="blank-title">Choose a ticket</p>
        <p>
          Press <kbd>J</kbd> for the first one, <kbd>?</kbd> for all shortcuts, and <kbd>D</kbd> to see what
          Mizan does behind the page.
        </p>
      </div>
    </section>
  );
}

function Unknown({ text }: { text: string }) {
  return (
    <div className="blank" role="alert">
      <p className="blank-title">Not here</p>
      <p>{text}</p>
      <Link to={{ ticketId: null }} className="button">
        To the list
      </Link>
    </div>
  );
}

function isNotFound(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'NOT_FOUND';
}
