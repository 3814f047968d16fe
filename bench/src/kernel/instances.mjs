import { addressOf, context, createClient } from '@mizan/client';

/** The context that all kernel rows use. */
export const ItemContext = context('item', '3f9a1c20b7d4e655', { required: true });

/** The data of one instance, small as most are. @param {number} id */
export function dataOf(id) {
  return { detail: { id, name: `Item ${id}`, price: '12.50' }, count: id % 7 };
}

/** @param {number} id */
export function addressOfItem(id) {
  return addressOf(ItemContext.def, { id });
}

/**
 * A client that holds so many instances, as if each had been read.
 *
 * @param {number} count
 * @param {(id: number) => Record<string, unknown>} [data]
 */
export function filledClient(count, data = dataOf) {
  const client = createClient({ transport, clock });
  /** @type {Record<string, { revision: string, data: Record<string, unknown> }>} */
  const contexts = {};
  for (let id = 0; id < count; id += 1) contexts[addressOfItem(id)] = { revision: 'k3.1', data: data(id) };
  client.hydrate({ contract: null, identity: null, contexts });
  return client;
}

/** Never asked: nothing that these rows do is shown and stale at once. */
const transport = {
  read: () => new Promise(() => {}),
  call: () => new Promise(() => {}),
};

/** Time stands still, so that nothing is swept away. */
const clock = {
  now: () => 0,
  random: () => 0.5,
  after: () => () => {},
};
