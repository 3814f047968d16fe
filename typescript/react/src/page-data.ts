import type { Client } from '@mizan/client';
import { createElement, type ReactNode, useSyncExternalStore } from 'react';
import { pageText } from '#page-text';
import { pages } from './hooks.ts';

const ID = 'mizan-data';
const never = () => () => {};

/** Takes over the data of a page that a server rendered; of one that still streams when it is complete. */
export function hydratePage(client: Client): void {
  if (typeof document === 'undefined' || pages.has(client)) return;
  const text = document.getElementById(ID)?.textContent;
  if (text) client.hydrate(JSON.parse(text));
  const streams = !text && document.readyState === 'loading';
  const complete = () =>
    new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve)).then(() => {
      pages.delete(client);
      hydratePage(client);
    });
  pages.set(client, streams ? complete() : undefined);
}

/** On a server the element that holds the data; the browser keeps it until it has hydrated. */
export function PageData({ client }: { client: Client }): ReactNode {
  const page = useSyncExternalStore(
    never,
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
