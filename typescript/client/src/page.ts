import type { Client, Hydration } from './client.ts';

/** What a client that rendered a page holds, for the client in the browser. Members that failed stay behind. */
export function dehydrate(client: Client): Hydration {
  const page: Hydration = { contract: null, identity: client.identity ?? null, contexts: {} };
  for (const { address, data, epoch, n, def, stale } of client.instances()) {
    if (!data || stale) continue;
    page.contract ??= def.contract;
    page.contexts[address] = { revision: epoch ? `${epoch}.${n}` : null, data };
  }
  return page;
}

/** The same as text for a `<script type="application/json">`: no character in it can end the element (SSR-2). */
export function hydrationText(client: Client): string {
  return JSON.stringify(dehydrate(client)).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
