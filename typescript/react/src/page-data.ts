import { type Client, hydrationText } from '@mizan/client';
import { createElement, type ReactNode, use, useSyncExternalStore } from 'react';

const ID = 'mizan-data';
const never = () => () => {};

/** Where each page's data were taken over, or will be once the page is complete. */
const pages = new WeakMap<Client, Promise<void> | true>();

/** Takes over the data of a page that a server rendered; of one that still streams when it is complete. */
export function hydratePage(client: Client): void {
  if (typeof document === 'undefined' || pages.has(client)) return;
  const element = document.getElementById(ID);
  if (element) client.hydrate(JSON.parse(element.textContent as string));
  else if (document.readyState === 'loading') {
    pages.set(
      client,
      new Promise((resolve) => {
        document.addEventListener('DOMContentLoaded', () => {
          pages.delete(client);
          hydratePage(client);
          resolve();
        });
      }),
    );
    return;
  }
  pages.set(client, true);
}

/** Waits for the data of a page that still streams, so that what it brings is not read beside it. */
export function usePageData(client: Client): void {
  const page = pages.get(client);
  if (page && page !== true) use(page);
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
    dangerouslySetInnerHTML: { __html: text },
  });
}
