import type { Client } from '@mizan/client';
import {
  createContext,
  createElement,
  type ReactNode,
  Suspense,
  use,
  useState,
  useSyncExternalStore,
} from 'react';
import { clientOfHost, pageText } from '#host';

const ID = 'mizan-data';

const ClientContext = /* @__PURE__ */ createContext<Client | undefined>(undefined);

/** Clients that looked for their page; of one that still streams when it is complete, and nothing is read until then. */
export const pages = /* @__PURE__ */ new WeakMap<Client, Promise<void> | false>();

/** The client of the `MizanProvider` above; in a browser without one, the default client. */
export function useClient(): Client {
  return use(ClientContext) ?? clientOfHost();
}

/**
 * Gives a client to everything below. On a server it also writes what was read into the page, and in the
 * browser it takes that over, so that nothing is read twice.
 */
export function MizanProvider(props: { client?: Client; children?: ReactNode }): ReactNode {
  const above = use(ClientContext);
  const client = props.client ?? above ?? clientOfHost();
  useState(() => hydratePage(client));
  return createElement(
    ClientContext,
    { value: client },
    props.children,
    createElement(Suspense, null, createElement(PageData, { client })),
  );
}

/** Takes over the data of a page that a server rendered; of one that still streams when it is complete. */
function hydratePage(client: Client): void {
  if (typeof document === 'undefined' || pages.has(client)) return;
  const text = document.getElementById(ID)?.textContent;
  if (text) client.hydrate(JSON.parse(text));
  const complete =
    !text &&
    document.readyState === 'loading' &&
    new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve)).then(() => {
      pages.delete(client);
      hydratePage(client);
    });
  pages.set(client, complete);
}

/** On a server the element that holds the data; the browser keeps it until it has hydrated. */
function PageData({ client }: { client: Client }): ReactNode {
  const page = useSyncExternalStore(
    () => () => {},
    () => false,
    () => true,
  );
  return page
    ? createElement('script', {
        id: ID,
        type: 'application/json',
        suppressHydrationWarning: true,
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every character escaped that could end it
        dangerouslySetInnerHTML: { __html: pageText(client) },
      })
    : null;
}
