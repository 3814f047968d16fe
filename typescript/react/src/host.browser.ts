// Stands for `host.ts` where only browsers load it, so that they do not load what servers need.

/** In a browser the default client, also without a provider. */
export { defaultClient as clientOfHost } from '@mizan/client';

/** A browser adds nothing to the page. */
export function pageText(): string {
  return '';
}
