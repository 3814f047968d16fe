import { useRef } from 'react';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { type Priority, type Ticket, useAgents } from '../mizan/index.ts';
import { Avatar } from '../parts/avatar.tsx';
import { priorities, priorityNames, statuses, statusNames } from '../parts/status-mark.tsx';
import type { useTicketChanges } from './use-ticket-changes.ts';

interface PropertiesProps {
  ticket: Ticket;
  changes: ReturnType<typeof useTicketChanges>;
}

/** Status, who takes care, how soon: the three things that move a ticket. */
export function Properties({ ticket, changes }: PropertiesProps) {
  const agents = useAgents();
  const assignee = useRef<HTMLSelectElement>(null);
  useShortcut('open', () => changes.setStatus('open'));
  useShortcut('waiting', () => changes.setStatus('waiting'));
  useShortcut('closed', () => changes.setStatus('closed'));
  useShortcut('assign', () => assignee.current?.focus());
  return (
    <div className="properties">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no flex item in every browser */}
      <div role="group" aria-label="Status" className="segments">
        {statuses.map((status) => (
          <button
            key={status}
            type="button"
            className="segment"
            data-status={status}
            aria-pressed={ticket.status === status}
            onClick={() => changes.setStatus(status)}
          >
            <span className="status-mark" data-status={status} />
            {statusNames[status]}
          </button>
        ))}
      </div>
      <label className="chooser">
        <Avatar person={ticket.assignee} />
        <span className="visually-hidden">Assignee</span>
        <select
          ref={assignee}
          value={ticket.assignee?.id ?? ''}
          disabled={ticket.status === 'closed'}
          onChange={(event) => changes.assign(event.target.value === '' ? null : Number(event.target.value))}
        >
          <option value="">Nobody</option>
          {agents.map((agent) => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </select>
      </label>
      <label className="chooser" data-priority={ticket.priority}>
        <span className="priority-mark" aria-hidden="true" />
        <span className="visually-hidden">Priority</span>
        <select
          value={ticket.priority}
          onChange={(event) => changes.setPriority(event.target.value as Priority)}
        >
          {priorities.map((priority) => (
            <option key={priority} value={priority}>
              {priorityNames[priority]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
