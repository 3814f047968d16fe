import { type Client, defaultClient } from '@mizan/client';
import { hydrationText } from '@mizan/client/page';
import { use } from 'react';

// Bundlers put it in place, as they do for React itself: help is for developers.
declare const process: { env: { NODE_ENV?: string } };

/** The client where no provider gives one: in a browser the default client, on a server there must be a provider. */
export function clientOfHost(): Client {
  if (typeof document === 'undefined')
    throw new Error(
      process.env.NODE_ENV === 'production'
        ? 'MizanProvider'
        : 'On a server each request has its own client: <MizanProvider client={createClient({ url })}>',
    );
  return defaultClient();
}

/** On a server what the page brings along, once nothing is being read; in a browser nothing. */
export function pageText(client: Client): string {
  if (typeof document !== 'undefined') return '';
  const busy = client.instances().find(({ flight }) => flight);
  // State, not the promise, decides when this goes on, so a new promise each time does no harm.
  if (busy) use(client.ready(busy).catch(() => {}));
  return hydrationText(client);
}
