import { useClient } from '@mizan/react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Icon } from '../parts/icon.tsx';
import { type Change, ChangeLog, type Outcome } from './change-log.ts';
import { flashRegions } from './flash.ts';
import { hearAnnouncements } from './watched-fetch.ts';

/** What Mizan does behind the page: the contexts on screen, and what each write did to them. */
export function DeveloperPanel({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [log] = useState(() => new ChangeLog(client, flashRegions));
  useEffect(() => log.start(), [log]);
  useEffect(() => hearAnnouncements((fn, told) => log.announce(fn, told)), [log]);
  const { shown, changes } = useSyncExternalStore(log.subscribe, log.snapshot);
  return (
    <aside className="developer" aria-label="Developer panel">
      <section className="developer-part" aria-labelledby="developer-shown">
        <header className="developer-head">
          <h2 id="developer-shown">On screen</h2>
          <span>{shown.length} contexts</span>
        </header>
        <table className="contexts">
          <thead>
            <tr>
              <th scope="col">Context</th>
              <th scope="col">Revision</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ address, revision, state }) => (
              <tr key={address} data-state={state}>
                <th scope="row">{address}</th>
                <td key={revision} className="revision">
                  {revision || '–'}
                </td>
                <td>{state}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="developer-part" aria-labelledby="developer-changes">
        <header className="developer-head">
          <h2 id="developer-changes">Writes</h2>
          <button
            type="button"
            className="text-button"
            disabled={changes.length === 0}
            onClick={() => log.clear()}
          >
            Clear
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Close the developer panel"
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        {changes.length === 0 ? (
          <p className="developer-hint">
            Change a ticket. Here you will see what became stale, and how it became fresh again.
          </p>
        ) : (
          <ol className="changes">
            {changes.map((change) => (
              <ChangeEntry key={change.id} change={change} />
            ))}
          </ol>
        )}
      </section>
    </aside>
  );
}

const outcomeNames: Record<Outcome, string> = {
  answer: 'in the answer',
  reading: 'being read',
  read: 'read again',
  failed: 'failed',
  'off-screen': 'stale, off screen',
};

function ChangeEntry({ change }: { change: Change }) {
  const { fn, args, state, told, outcomes, untouched, milliseconds } = change;
  const reads = [...outcomes.values()].filter(
    (outcome) => outcome === 'read' || outcome === 'reading',
  ).length;
  return (
    <li className="change" data-state={state}>
      <p className="change-call">
        <code>
          {fn}
          <span className="change-args">({printArgs(args)})</span>
        </code>
        <span className="change-cost">
          {state === 'sent'
            ? 'under way'
            : `${1 + reads} request${reads === 0 ? '' : 's'}, ${milliseconds} ms`}
        </span>
      </p>
      <ul className="change-contexts">
        {[...outcomes].map(([address, outcome]) => (
          <li key={address} className="change-context" data-outcome={outcome}>
            <code>{address}</code> {outcomeNames[outcome]}
          </li>
        ))}
        {untouched.map((address) => (
          <li key={address} className="change-context" data-outcome="untouched">
            <code>{address}</code> untouched
          </li>
        ))}
      </ul>
      {told.length > 0 && (
        <p className="change-told">
          Announced{' '}
          {told.map((entry) => (
            <code key={entry}>{entry}</code>
          ))}
        </p>
      )}
    </li>
  );
}

function printArgs(args: unknown): string {
  const text = JSON.stringify(args) ?? '';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
