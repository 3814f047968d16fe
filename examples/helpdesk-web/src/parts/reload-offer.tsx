import { useSyncExternalStore } from 'react';

let updated = false;
const listeners = new Set<() => void>();

/** Tells the page that the server speaks a newer contract than this page was built from. */
export function noteUpdate(): void {
  updated = true;
  for (const listener of listeners) listener();
}

/** Offers to reload when the server was updated. Nothing is lost or reloaded unasked. */
export function ReloadOffer() {
  const offered = useSyncExternalStore(subscribe, () => updated);
  if (!offered) return null;
  return (
    <div className="reload-offer" role="alert">
      <p>The Helpdesk was updated while this page was open. What you do may fail until you reload.</p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        Reload
      </button>
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
