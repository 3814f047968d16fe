import type { Client } from './client.ts';
import { defaultClient } from './default-client.ts';

/** How often coming back may read anew. */
export interface FocusOptions {
  client?: Client;
  /** Milliseconds from one reading to the next; coming back meanwhile counts at their end. By default 5 seconds. */
  pause?: number;
}

/**
 * Reads what is shown again when the page comes back to the front or the line comes back, for what others changed
 * meanwhile; what is not shown is read when it is. Runs until the returned function is called.
 */
export function refreshOnFocus({ client = defaultClient(), pause = 5000 }: FocusOptions = {}): () => void {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') return;
    const rest = last + pause - performance.now();
    if (rest > 0) {
      timer = setTimeout(refresh, rest);
      return;
    }
    last = performance.now();
    client.instances().forEach(client.renew);
    client.flush();
  };
  document.addEventListener('visibilitychange', refresh);
  window.addEventListener('online', refresh);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', refresh);
    window.removeEventListener('online', refresh);
  };
}
