/** The limit of the store: an object in a `Map` by its address. @param {number} size */
export function prepare(size) {
  const held = new Map(
    Array.from({ length: size }, (_, id) => [`item?id=${id}`, { data: { count: 0 }, n: 0 }]),
  );
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      const instance = held.get(`item?id=${at % size}`);
      if (instance) Object.assign(instance, { data: { count: at }, n: at });
    }
  };
}
