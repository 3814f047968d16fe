/** The limit: so many functions in a list are called. @param {number} size */
export function prepare(size) {
  let seen = 0;
  const listeners = Array.from({ length: size }, (_, at) => (/** @type {{ n: number }} */ state) => {
    seen += state.n + at;
  });
  return (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) {
      const state = { n: at };
      for (const listener of listeners) listener(state);
    }
    return seen;
  };
}
