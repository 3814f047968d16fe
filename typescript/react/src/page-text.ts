import type { Client } from '@mizan/client';
import { hydrationText } from '@mizan/client/page';
import { use } from 'react';

/** On a server what the page brings along, once nothing is being read; in a browser nothing. */
export function pageText(client: Client): string {
  if (typeof document !== 'undefined') return '';
  const busy = client.instances().find(({ flight }) => flight);
  // State, not the promise, decides when this goes on, so a new promise each time does no harm.
  if (busy) use(client.ready(busy).catch(() => {}));
  return hydrationText(client);
}
