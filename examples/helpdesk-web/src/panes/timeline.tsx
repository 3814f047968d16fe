import {
  type Comment,
  type HistoryEntry,
  type Person,
  type Status,
  type Ticket,
  useComments,
  useHistory,
} from '../mizan/index.ts';
import { Avatar } from '../parts/avatar.tsx';
import { StatusMark, statusNames } from '../parts/status-mark.tsx';
import { Time } from '../parts/time.tsx';
import { unsent } from './use-ticket-changes.ts';

type Item = { at: string; comment: Comment } | { at: string; entry: HistoryEntry };

/** The conversation in the order in which it happened, with what was done in between. */
export function Timeline({ ticket }: { ticket: Ticket }) {
  const items = inOrder(useComments(), useHistory());
  return (
    <ol className="timeline" aria-label="Conversation">
      <li>
        <Message author={ticket.requester} at={ticket.openedAt} body={ticket.body} />
      </li>
      {items.map((item) =>
        'comment' in item ? (
          <li key={`comment-${item.comment.id}`}>
            <Message
              author={item.comment.author}
              at={item.at}
              body={item.comment.body}
              sending={item.comment.id === unsent}
            />
          </li>
        ) : (
          <li key={`entry-${item.entry.id}`}>
            <Happening entry={item.entry} />
          </li>
        ),
      )}
    </ol>
  );
}

/** By time; what a write has done comes after what was written with it. The opening is the first message itself. */
function inOrder(comments: Comment[], history: HistoryEntry[]): Item[] {
  const items: Item[] = [
    ...comments.map((comment) => ({ at: comment.createdAt, comment })),
    ...history.filter((entry) => entry.kind !== 'opened').map((entry) => ({ at: entry.createdAt, entry })),
  ];
  return items.sort((a, b) => a.at.localeCompare(b.at));
}

interface MessageProps {
  author: Person;
  at: string;
  body: string;
  sending?: boolean;
}

function Message({ author, at, body, sending = false }: MessageProps) {
  return (
    <article className="message" data-role={author.role} data-sending={sending}>
      <Avatar person={author} size="large" />
      <div className="message-card">
        <header className="message-head">
          <strong>{author.name}</strong>
          <span>{author.role === 'agent' ? author.title : 'Customer'}</span>
          {sending ? (
            <span className="message-time">sending</span>
          ) : (
            <span className="message-time">
              <Time at={at} />
            </span>
          )}
        </header>
        <p className="message-body">{body}</p>
      </div>
    </article>
  );
}

function Happening({ entry }: { entry: HistoryEntry }) {
  return (
    <p className="happening">
      <span>
        <strong>{entry.actor.name}</strong> {sayEntry(entry)}
      </span>
      <Time at={entry.createdAt} />
    </p>
  );
}

function sayEntry({ kind, to, actor }: HistoryEntry) {
  if (kind === 'status') {
    const status = to as Status;
    return (
      <>
        set it to <StatusMark status={status} /> <span aria-hidden="true">{statusNames[status]}</span>
      </>
    );
  }
  if (to === null) return 'gave it back';
  return to === actor.name ? 'took it' : `gave it to ${to}`;
}
