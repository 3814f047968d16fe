import { addressOfItem, filledClient } from '../kernel/instances.mjs';

/** New data of one instance taken in. @param {number} size */
export function prepare(size) {
  const client = filledClient(size);
  const addresses = Array.from({ length: size }, (_, id) => addressOfItem(id));
  let n = 1;
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      n += 1;
      const contexts = {
        [/** @type {string} */ (addresses[at % size])]: { revision: `k3.${n}`, data: { count: n } },
      };
      client.hydrate({ contract: null, identity: null, contexts });
    }
  };
}
