// Stands for `host.ts` where only browsers load it, so that they do not load what servers need.
export { defaultClient as clientOfHost } from '@mizan/client';

export function pageText(): string {
  return '';
}
