import { QueryObserver } from '@tanstack/query-core';
import { filledQueryClient, keyOf } from '../tanstack.mjs';

/** @param {Record<string, unknown>[]} data @param {boolean} subscribed */
export function hold(data, subscribed) {
  const client = filledQueryClient(data.length, (id) => /** @type {any} */ (data[id]));
  const observers = subscribed
    ? [...data.keys()].map((id) => {
        const observer = new QueryObserver(client, { queryKey: keyOf(id) });
        observer.subscribe(() => void observer);
        return observer;
      })
    : [];
  return [client, observers];
}
