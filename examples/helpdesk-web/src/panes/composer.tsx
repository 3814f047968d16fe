import { type FormEvent, useRef, useState } from 'react';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import type { Ticket } from '../mizan/index.ts';
import { Icon } from '../parts/icon.tsx';
import type { useTicketChanges } from './use-ticket-changes.ts';

interface ComposerProps {
  ticket: Ticket;
  changes: ReturnType<typeof useTicketChanges>;
  onSent: () => void;
}

/** Where a reply is written. A text that could not be sent stays. */
export function Composer({ ticket, changes, onSent }: ComposerProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const closed = ticket.status === 'closed';
  useShortcut('reply', () => field.current?.focus(), !closed);

  if (closed) {
    return (
      <div className="composer composer-closed">
        <p>This ticket is closed.</p>
        <button type="button" className="button" onClick={() => changes.setStatus('open')}>
          <Icon name="retry" /> Open again
        </button>
      </div>
    );
  }

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const body = text.trim();
    if (body === '' || changes.sending) return field.current?.focus();
    setText('');
    const sending = changes.reply(body);
    onSent();
    if (!(await sending)) setText((now) => now || body);
    onSent();
  };

  return (
    <form className="composer" onSubmit={send}>
      <textarea
        ref={field}
        aria-label={`Reply to ${ticket.requester.name}`}
        placeholder={`Reply to ${ticket.requester.name.split(' ')[0]}`}
        rows={2}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          if (event.key === 'Escape') {
            event.stopPropagation();
            field.current?.blur();
          }
        }}
      />
      <button
        type="submit"
        className="button button-primary"
        aria-disabled={text.trim() === '' || changes.sending}
      >
        <Icon name="reply" /> Send
      </button>
    </form>
  );
}
