import { notifyManager, QueryObserver } from '@tanstack/query-core';
import { filledQueryClient, keyOf } from '../tanstack.mjs';

/** @param {number} size */
export function prepare(size) {
  // It tells on the next timer; here it tells at once, so that the time until then does not count.
  notifyManager.setScheduler((callback) => callback());
  const client = filledQueryClient(1);
  let seen = 0;
  for (let at = 0; at < size; at += 1)
    new QueryObserver(client, { queryKey: keyOf(0) }).subscribe(({ data }) => {
      seen += /** @type {any} */ (data).count + at;
    });
  let n = 1;
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      n += 1;
      client.setQueryData(keyOf(0), { detail: { id: 0, name: `Item ${n}`, price: '12.50' }, count: n });
    }
    return seen;
  };
}
