import { type Client, defaultClient } from '@mizan/client';
import { createContext, createElement, type ReactNode, Suspense, useContext, useState } from 'react';
import { hydratePage, PageData } from './page-data.ts';

// Bundlers put it in place, as they do for React itself: help is for developers.
declare const process: { env: { NODE_ENV?: string } };

const ClientContext = createContext<Client | undefined>(undefined);

/** The client of the `MizanProvider` above; in a browser without one, the default client. */
export function useClient(): Client {
  return clientOf(useContext(ClientContext));
}

function clientOf(client: Client | undefined): Client {
  if (!client && typeof document === 'undefined')
    throw new Error(
      process.env.NODE_ENV === 'production'
        ? 'MizanProvider'
        : 'On a server each request has its own client: <MizanProvider client={createClient({ url })}>',
    );
  return client ?? defaultClient();
}

/**
 * Gives a client to everything below. On a server it also writes what was read into the page, and in the
 * browser it takes that over, so that nothing is read twice.
 */
export function MizanProvider(props: { client?: Client; children?: ReactNode }): ReactNode {
  const above = useContext(ClientContext);
  const client = clientOf(props.client ?? above);
  useState(() => hydratePage(client));
  return createElement(
    ClientContext,
    { value: client },
    props.children,
    createElement(Suspense, null, createElement(PageData, { client })),
  );
}
