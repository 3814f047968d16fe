import { filledClient } from '../instances.mjs';

/** What an answer's `invalidate` sets going. @param {number} size */
export function prepare(size) {
  const client = filledClient(size);
  let n = 1;
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      n += 1;
      client.tell([`item?id=${(at * 7919) % size}@k3.${n}`]);
      client.flush();
    }
  };
}
