import { QueryClient } from '@tanstack/query-core';
import { dataOf } from './instances.mjs';

/** A query client that holds so many queries. @param {number} count */
export function filledQueryClient(count, data = dataOf) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } });
  for (let id = 0; id < count; id += 1) client.setQueryData(keyOf(id), data(id));
  return client;
}

/** The key of a query as most apps write it. @param {number} id */
export function keyOf(id) {
  return ['item', { id }];
}
