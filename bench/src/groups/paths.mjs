import { interleave } from '../process/interleave.mjs';

/** @param {string} name */
const url = (name) => new URL(`../paths/${name}.mjs`, import.meta.url);

/**
 * The hot paths of our own packages in process, without peers: to see which one changed when a row above did.
 *
 * @param {import('../run-bench.mjs').Effort} effort
 */
export async function measure(effort) {
  const rows = [
    ...(await interleave(
      {
        row: 'path-dispatch',
        size: 1,
        contestants: {
          limit: url('dispatch-limit'),
          mizan: url('dispatch-call'),
          'mizan, bundle of 3': url('dispatch-bundle'),
        },
      },
      effort,
    )),
    ...(await interleave(
      {
        row: 'path-store',
        size: 1000,
        contestants: {
          limit: url('store-limit'),
          'mizan, set': url('store-set'),
          'mizan, get': url('store-get'),
        },
      },
      effort,
    )),
  ];
  for (const size of [10, 100, 1000]) {
    const contestants = {
      limit: url('print-limit'),
      mizan: url('print'),
      'mizan, with hash': url('print-hash'),
    };
    rows.push(...(await interleave({ row: 'path-print', size, unit: 'µs', contestants }, effort)));
  }
  return rows;
}
