import { type Client, hydrationText } from '@mizan/client';
import { createElement, type ReactNode, use, useSyncExternalStore } from 'react';
import { pages } from './hooks.ts';

const ID = 'mizan-data';
const never = () => () => {};

const taken = new WeakSet<Client>();

/** Takes over the data of a page that a server rendered; of one that still streams when it is complete. */
export function hydratePage(client: Client): void {
  if (typeof document === 'undefined' || taken.has(client)) return;
  const text = document.getElementById(ID)?.textContent;
  if (text) client.hydrate(JSON.parse(text));
  else if (document.readyState === 'loading') {
    const complete = new Promise<void>((resolve) => {
      document.addEventListener('DOMContentLoaded', () => resolve());
    });
    pages.set(
      client,
      complete.then(() => {
        pages.delete(client);
        hydratePage(client);
      }),
    );
    return;
  }
  taken.add(client);
}

/** On a server the element that holds the data; the browser keeps it until it has hydrated. */
export function PageData({ client }: { client: Client }): ReactNode {
  const page = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  if (!page) return null;
  let text = '';
  if (typeof document === 'undefined') {
    const busy = client.instances().find(({ flight }) => flight);
    // State, not the promise, decides when this goes on, so a new promise each time does no harm.
    if (busy) use(client.ready(busy).catch(() => {}));
    text = hydrationText(client);
  }
  return createElement('script', {
    id: ID,
    type: 'application/json',
    suppressHydrationWarning: true,
    // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every character escaped that could end it
    dangerouslySetInnerHTML: { __html: text },
  });
}
