import { addressOfItem, filledClient, ItemContext } from '../instances.mjs';

/** @param {Record<string, unknown>[]} data @param {boolean} subscribed */
export function hold(data, subscribed) {
  const client = filledClient(data.length, (id) => /** @type {Record<string, unknown>} */ (data[id]));
  if (subscribed)
    for (const id of data.keys()) {
      const instance = client.heldAt(addressOfItem(id));
      if (instance) client.subscribe(instance, () => void instance.stale);
    }
  return [client, ItemContext];
}
