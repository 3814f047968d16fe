import { filledQueryClient, keyOf } from '../tanstack.mjs';

/** @param {number} size */
export function prepare(size) {
  const client = filledQueryClient(size);
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1)
      void client.invalidateQueries({ queryKey: keyOf((at * 7919) % size) });
  };
}
