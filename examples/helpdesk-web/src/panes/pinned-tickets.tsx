import { TicketContext, useTicket } from '../mizan/index.ts';
import { Icon } from '../parts/icon.tsx';
import { PaneBoundary } from '../parts/pane-boundary.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { Time } from '../parts/time.tsx';
import { Link } from '../routing/link.tsx';
import { useRouting } from '../routing/route-provider.tsx';
import { usePins } from '../settings/pins.ts';

/** Tickets that stay in sight, each with a context of its own: what happens to one leaves the others alone. */
export function PinnedTickets() {
  const { pins, toggle } = usePins();
  if (pins.length === 0) return null;
  return (
    <section className="pinned" aria-labelledby="pinned-title">
      <h2 id="pinned-title" className="nav-title">
        Pinned
      </h2>
      <ul className="pins">
        {pins.map((ticketId) => (
          <li key={ticketId} className="pin" data-context={`ticket?ticketId=${ticketId}`}>
            <TicketContext ticketId={ticketId}>
              <PaneBoundary
                what={`Ticket ${ticketId}`}
                retry={() => TicketContext.refresh({ ticketId })}
                resetKey={ticketId}
                skeleton={<span className="pin-link bone" />}
                explain={() => <span className="pin-link">#{ticketId} cannot be shown</span>}
              >
                <PinnedTicket />
              </PaneBoundary>
            </TicketContext>
            <button
              type="button"
              className="icon-button pin-away"
              aria-label={`Unpin ticket ${ticketId}`}
              onClick={() => toggle(ticketId)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PinnedTicket() {
  const ticket = useTicket();
  const { target } = useRouting();
  return (
    <Link
      to={{ ticketId: ticket.id }}
      className="pin-link"
      aria-current={target.ticketId === ticket.id ? 'true' : undefined}
    >
      <StatusMark status={ticket.status} />
      <span className="pin-subject">{ticket.subject}</span>
      <span className="pin-facts">
        #{ticket.id} · {ticket.requester.name} · <Time at={ticket.updatedAt} />
      </span>
    </Link>
  );
}
