import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import type { TicketRow } from '../mizan/index.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { priorityNames, StatusMark } from '../parts/status-mark.tsx';
import { Time } from '../parts/time.tsx';
import { Link } from '../routing/link.tsx';
import type { Route } from '../routing/route.ts';
import { useRouting } from '../routing/route-provider.tsx';

/** The rows of a list. One of them is in the tab order; arrow keys move from there. */
export function TicketRows({ rows, route }: { rows: TicketRow[]; route: Route }) {
  const { target, go } = useRouting();
  const list = useRef<HTMLUListElement>(null);
  const [focusedId, setFocusedId] = useState<number>();
  const has = (id: unknown) => rows.some((row) => row.id === id);
  const tabId = has(focusedId) ? focusedId : has(target.ticketId) ? target.ticketId : rows[0]?.id;

  /** Opens the ticket that stands `by` rows from the open one, or the first. */
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === target.ticketId);
    const row = rows[at === -1 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (row === undefined) return;
    go({ ticketId: row.id });
    document.getElementById(`row-${row.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  useShortcut('next', () => step(1));
  useShortcut('previous', () => step(-1));

  const move = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a.row') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (next === undefined || at === -1 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
  };

  return (
    <ul className="rows" ref={list} onKeyDown={move}>
      {rows.map((row) => (
        <li key={row.id}>
          <Row
            row={row}
            current={target.ticketId === row.id}
            inTabOrder={tabId === row.id}
            showStatus={route.status === null}
            onFocus={setFocusedId}
          />
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  row: TicketRow;
  current: boolean;
  inTabOrder: boolean;
  showStatus: boolean;
  onFocus: (id: number) => void;
}

const Row = memo(function Row({ row, current, inTabOrder, showStatus, onFocus }: RowProps) {
  const { id, assignee, commentCount, excerpt, priority, requester, status, subject, updatedAt } = row;
  return (
    <Link
      to={{ ticketId: id }}
      className="row"
      id={`row-${id}`}
      tabIndex={inTabOrder ? 0 : -1}
      aria-current={current ? 'true' : undefined}
      onFocus={() => onFocus(id)}
    >
      <span className="row-top">
        {showStatus && <StatusMark status={status} />}
        <span className="row-requester">{requester.name}</span>
        <span className="row-time">
          <Time at={updatedAt} />
        </span>
      </span>
      <span className="row-subject">{subject}</span>
      <span className="row-bottom">
        <span className="row-excerpt">{excerpt}</span>
        {(priority === 'high' || priority === 'urgent') && (
          <span className="tag" data-priority={priority}>
            {priorityNames[priority]}
          </span>
        )}
        {commentCount > 0 && (
          <span className="row-comments">
            <Icon name="comment" />
            {commentCount}
            <span className="visually-hidden">{commentCount === 1 ? ' reply' : ' replies'}</span>
          </span>
        )}
        <span title={assignee?.name ?? 'Nobody'}>
          <Avatar person={assignee} />
          <span className="visually-hidden">
            {assignee === null ? 'with nobody' : `with ${assignee.name}`}
          </span>
        </span>
      </span>
    </Link>
  );
});
