import { fileURLToPath } from 'node:url';
import { pinned } from '../machine.mjs';
import { say } from '../say.mjs';
import { keep, rowsOf } from '../statistics.mjs';
import { startLineProcess } from './line-process.mjs';

const repeatFile = fileURLToPath(new URL('repeat.mjs', import.meta.url));

/**
 * Times pieces of work, each contestant in a process of its own, one after another in each round.
 *
 * @param {{ row: string, size: number | string, unit?: 'ns' | 'µs' | '/s', contestants: Record<string, URL | readonly string[]> }} work modules that
 *   export `prepare(size)`, which gives what runs the work so many times; or whole commands that do as repeat.mjs does
 * @param {import('../run-bench.mjs').Effort} effort
 * @returns {Promise<import('../run-bench.mjs').Row[]>}
 */
export async function interleave({ row, size, unit = 'ns', contestants }, effort) {
  const rounds = effort.choose(9, 2);
  say(`${row} ${size}`);
  const processes = new Map();
  /** @type {Map<string, number[]>} */
  const samples = new Map();
  try {
    for (const [name, work] of Object.entries(contestants)) {
      const milliseconds = String(effort.choose(60, 5));
      const command =
        work instanceof URL
          ? [process.execPath, '--expose-gc', repeatFile, work.href, String(size), milliseconds]
          : [...work, milliseconds];
      const one = startLineProcess(pinned(0, command));
      await one.read();
      processes.set(name, one);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, one] of processes) {
        const { value } = await one.ask('');
        keep(samples, name, inUnit(value, unit));
      }
    }
  } finally {
    for (const one of processes.values()) one.end();
  }
  return rowsOf({ row, size: String(size), unit }, samples);
}

/** @param {number} value nanoseconds @param {'ns' | 'µs' | '/s'} unit */
function inUnit(value, unit) {
  if (unit === '/s') return 1e9 / value;
  return unit === 'µs' ? value / 1000 : value;
}
