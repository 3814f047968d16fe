/**
 * The limit: what is told arrives as text, so it is taken apart; the number is kept for what is read later; one
 * look into a `Map` finds the instance, which is marked.
 *
 * @param {number} size
 */
export function prepare(size) {
  /** @type {Map<string, { data: unknown, n: number, stale: boolean }>} */
  const instances = new Map();
  /** @type {Map<string, number>} */
  const told = new Map();
  for (let id = 0; id < size; id += 1)
    instances.set(`item?id=${id}`, { data: { detail: { id } }, n: 1, stale: false });
  let n = 1;
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      n += 1;
      const entry = `item?id=${(at * 7919) % size}@k3.${n}`;
      const mark = entry.lastIndexOf('@');
      const scope = entry.slice(0, mark);
      const number = Number(entry.slice(entry.lastIndexOf('.') + 1));
      told.set(scope, number);
      const instance = instances.get(scope);
      if (instance && instance.n < number) instance.stale = true;
    }
  };
}
