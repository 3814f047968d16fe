// Says how many bytes so many instances take besides their data: `weigh.mjs MODULE COUNT with|without`.
const [, , file = '', count = '10000', subscribed] = process.argv;
/** @type {{ hold: (data: Record<string, unknown>[], subscribed: boolean) => unknown }} */
const { hold } = await import(file);

// Once at a small size, so that what is allocated once for all does not count.
const small = hold(dataOf(100), subscribed === 'with');
const data = dataOf(Number(count));
const before = heap();
const held = hold(data, subscribed === 'with');
const after = heap();
console.log(
  JSON.stringify({ bytes: (after - before) / Number(count), kept: Boolean(held) && Boolean(small) }),
);

/** @param {number} length */
function dataOf(length) {
  return Array.from({ length }, (_, id) => ({
    detail: { id, name: `Item ${id}`, price: '12.50' },
    count: id % 7,
  }));
}

function heap() {
  for (let at = 0; at < 4; at += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
