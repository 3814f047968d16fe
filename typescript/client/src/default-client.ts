import type { Client, ClientOptions } from './client.ts';
import { makeClient } from './make-client.ts';

let chosen: Client | undefined;

/** The client of those who name none; made at first use, for the page's own origin. */
export function defaultClient(): Client {
  chosen ??= makeClient();
  return chosen;
}

/** Makes a client the one of those who name none. Not on a server, where each request has its own. */
export function setDefaultClient(client: Client): void {
  chosen = client;
}

/** A new client. The first one made in a browser becomes the default client. */
export function createClient(options?: ClientOptions): Client {
  const client = makeClient(options);
  if (typeof document !== 'undefined') chosen ??= client;
  return client;
}
