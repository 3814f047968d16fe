import { addressOfItem, filledClient, ItemContext } from '../instances.mjs';

/** New data of one instance, and everybody who watches it is told. @param {number} size */
export function prepare(size) {
  const client = filledClient(1);
  let seen = 0;
  for (let at = 0; at < size; at += 1)
    ItemContext.watch(
      { id: 0 },
      (/** @type {any} */ state) => {
        seen += state.data.count + at;
      },
      { client },
    );
  let n = 1;
  const address = addressOfItem(0);
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      n += 1;
      const data = { detail: { id: 0, name: `Item ${n}`, price: '12.50' }, count: n };
      client.hydrate({
        contract: null,
        identity: null,
        contexts: { [address]: { revision: `k3.${n}`, data } },
      });
    }
    return seen;
  };
}
