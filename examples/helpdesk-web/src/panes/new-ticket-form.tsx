import { useMutation } from '@mizan/react';
import { type FormEvent, Suspense, useId } from 'react';
import { openTicket, type Priority, useCustomers } from '../mizan/index.ts';
import { useSay } from '../parts/announcer.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { priorities, priorityNames } from '../parts/status-mark.tsx';
import { useRouting } from '../routing/route-provider.tsx';

/** Opens a ticket for somebody who called. */
export function NewTicketForm({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="New ticket" onClose={onClose}>
      <Suspense fallback={<div className="form form-waiting" aria-busy="true" />}>
        <Fields onClose={onClose} />
      </Suspense>
    </Dialog>
  );
}

function Fields({ onClose }: { onClose: () => void }) {
  const customers = useCustomers();
  const creation = useMutation(openTicket);
  const say = useSay();
  const { go } = useRouting();
  const id = useId();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    const { data, error } = await creation.mutate({
      requesterId: Number(fields.get('requester')),
      subject: text('subject'),
      body: text('body'),
      priority: fields.get('priority') as Priority,
    });
    if (error) return;
    onClose();
    say(`Ticket ${data.id} is open`);
    go({ ticketId: data.id, status: 'open', search: '', page: 1 });
  };

  return (
    <form className="form" onSubmit={submit}>
      <label htmlFor={`${id}-requester`}>Customer</label>
      <select id={`${id}-requester`} name="requester" data-first required defaultValue="">
        <option value="" disabled>
          Choose who called
        </option>
        {customers.map((customer) => (
          <option key={customer.id} value={customer.id}>
            {customer.name}, {customer.title}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-subject`}>Subject</label>
      <input id={`${id}-subject`} name="subject" required maxLength={120} autoComplete="off" />
      <label htmlFor={`${id}-body`}>What they said</label>
      <textarea id={`${id}-body`} name="body" required rows={5} maxLength={4000} />
      <fieldset className="choices">
        <legend>Priority</legend>
        {priorities.map((priority) => (
          <label key={priority} className="choice" data-priority={priority}>
            <input type="radio" name="priority" value={priority} defaultChecked={priority === 'normal'} />
            {priorityNames[priority]}
          </label>
        ))}
      </fieldset>
      {creation.error && (
        <p className="form-error" role="alert">
          {creation.error.message}
        </p>
      )}
      <div className="form-end">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button button-primary" disabled={creation.pending}>
          Open ticket
        </button>
      </div>
    </form>
  );
}
