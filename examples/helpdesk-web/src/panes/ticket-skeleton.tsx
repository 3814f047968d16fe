/** The outline of a ticket, while it is on its way. */
export function TicketSkeleton({ ticketId }: { ticketId: number }) {
  return (
    <div className="ticket-scroll" aria-busy="true">
      <header className="ticket-head">
        <p className="ticket-number">#{ticketId}</p>
        <h2 className="ticket-title" id="ticket-title">
          <span className="visually-hidden">Loading ticket {ticketId}</span>
          <span className="bone bone-line bone-title" style={{ '--width': '64%' }} />
        </h2>
        <div className="properties">
          <span className="bone bone-control" style={{ '--width': '17.5rem' }} />
          <span className="bone bone-control" style={{ '--width': '11rem' }} />
          <span className="bone bone-control" style={{ '--width': '8rem' }} />
        </div>
      </header>
      <div className="timeline" aria-hidden="true">
        {[92, 76].map((width) => (
          <div className="message" key={width}>
            <span className="bone avatar" data-size="large" />
            <div className="message-card">
              <span className="bone bone-line" style={{ '--width': '30%' }} />
              <span className="bone bone-line" style={{ '--width': `${width}%` }} />
              <span className="bone bone-line" style={{ '--width': `${width - 12}%` }} />
              <span className="bone bone-line" style={{ '--width': `${width - 40}%` }} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
