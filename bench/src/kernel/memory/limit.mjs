/**
 * The floor object: what the protocol asks of a cached instance and nothing else, one object in a `Map`, keyed by an
 * address made for it. A subscriber is one function in a set of the instance's own.
 *
 * @param {Record<string, unknown>[]} data
 * @param {boolean} subscribed
 */
export function hold(data, subscribed) {
  const instances = new Map();
  for (const [id, one] of data.entries()) {
    const address = `item?id=${id}`;
    const instance = {
      address,
      data: one,
      epoch: 'k3',
      n: 1,
      begun: 0,
      idle: 0,
      stale: false,
      /** @type {AbortController | undefined} */
      flight: undefined,
      /** @type {Set<() => void> | undefined} */
      subscribers: undefined,
    };
    if (subscribed) instance.subscribers = new Set([() => void instance.stale]);
    instances.set(address, instance);
  }
  return instances;
}
