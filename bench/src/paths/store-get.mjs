import { stateOf } from '@mizan/client';
import { filledClient, ItemContext } from '../kernel/instances.mjs';

/** The state of one instance by its parameters, as a hook looks it up at each render. @param {number} size */
export function prepare(size) {
  const client = filledClient(size);
  return (/** @type {number} */ times) => {
    let seen = 0;
    for (let at = 0; at < times; at += 1)
      if (stateOf(client.find(ItemContext.def, { id: at % size }), 'detail').data) seen += 1;
    return seen;
  };
}
