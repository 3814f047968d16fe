import type { Priority, Status } from '../mizan/index.ts';

/** What people call a status. */
export const statusNames: Record<Status, string> = { open: 'Open', waiting: 'Waiting', closed: 'Closed' };

export const statuses: Status[] = ['open', 'waiting', 'closed'];

export const priorityNames: Record<Priority, string> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
};

export const priorities: Priority[] = ['low', 'normal', 'high', 'urgent'];

/** A dot with the colour and the shape of a status, so that colour alone never says it. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <span className="status-mark" data-status={status}>
      <span className="visually-hidden">{statusNames[status]}</span>
    </span>
  );
}
