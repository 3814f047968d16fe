import { type Status, SummaryContext, useCounts, useWorkload } from '../mizan/index.ts';
import { Avatar } from '../parts/avatar.tsx';
import { PaneBoundary } from '../parts/pane-boundary.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { Link } from '../routing/link.tsx';
import { useRouting } from '../routing/route-provider.tsx';
import { PinnedTickets } from './pinned-tickets.tsx';

const views: { status: Status | null; name: string }[] = [
  { status: 'open', name: 'Open' },
  { status: 'waiting', name: 'Waiting' },
  { status: 'closed', name: 'Closed' },
  { status: null, name: 'All' },
];

/** Which tickets there are, who has how much to do, and the pinned ones. */
export function Navigation() {
  return (
    <SummaryContext>
      <nav className="views" aria-label="Views">
        <ul>
          {views.map(({ status, name }) => (
            <li key={name}>
              <ViewLink status={status} name={name} />
            </li>
          ))}
        </ul>
      </nav>
      <PinnedTickets />
      <section className="workload" aria-labelledby="workload-title">
        <h2 id="workload-title" className="nav-title">
          On the desks
        </h2>
        <PaneBoundary what="The team" retry={() => SummaryContext.refresh()} skeleton={<WorkloadSkeleton />}>
          <Workload />
        </PaneBoundary>
      </section>
    </SummaryContext>
  );
}

function ViewLink({ status, name }: { status: Status | null; name: string }) {
  const { target } = useRouting();
  const current = target.status === status;
  return (
    <Link
      to={{ status, search: '', page: 1, ticketId: null }}
      className="view"
      data-current={current}
      aria-current={current ? 'page' : undefined}
    >
      {status === null ? (
        <span className="status-mark" data-status="all" />
      ) : (
        <StatusMarkOnly status={status} />
      )}
      <span className="view-name">{name}</span>
      <PaneBoundary
        what="The count"
        retry={() => SummaryContext.refresh()}
        skeleton={<span className="view-count" />}
        explain={() => <span className="view-count">–</span>}
      >
        <ViewCount status={status} />
      </PaneBoundary>
    </Link>
  );
}

/** The mark beside its name needs no text of its own. */
function StatusMarkOnly({ status }: { status: Status }) {
  return (
    <span aria-hidden="true">
      <StatusMark status={status} />
    </span>
  );
}

function ViewCount({ status }: { status: Status | null }) {
  const counts = useCounts();
  const count = status === null ? counts.open + counts.waiting + counts.closed : counts[status];
  return <span className="view-count">{count}</span>;
}

function Workload() {
  const workload = useWorkload();
  const { unassigned, urgent } = useCounts();
  const most = Math.max(1, ...workload.map(({ open, waiting }) => open + waiting));
  return (
    <>
      <ul className="desks">
        {workload.map(({ agent, open, waiting }) => (
          <li key={agent.id}>
            <Link
              to={{ status: null, search: agent.name, page: 1, ticketId: null }}
              className="desk"
              title={`${agent.name}, ${agent.title}: ${open} open, ${waiting} waiting`}
            >
              <Avatar person={agent} />
              <span className="desk-name">{agent.name.split(' ')[0]}</span>
              <span className="desk-bar" aria-hidden="true">
                <span data-status="open" style={{ '--share': open / most }} />
                <span data-status="waiting" style={{ '--share': waiting / most }} />
              </span>
              <span className="desk-count">
                {open + waiting}
                <span className="visually-hidden"> tickets</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="nav-note">
        {unassigned} with nobody, {urgent} urgent
      </p>
    </>
  );
}

function WorkloadSkeleton() {
  return (
    <div aria-hidden="true">
      <ul className="desks">
        {Array.from({ length: 6 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing else
          <li key={row}>
            <span className="desk">
              <span className="bone avatar" data-size="small" />
              <span className="bone bone-line" />
            </span>
          </li>
        ))}
      </ul>
      <p className="nav-note">
        <span className="bone bone-line" />
      </p>
    </div>
  );
}
