import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { groups } from './arguments.mjs';
import { machine } from './machine.mjs';
import { printTables } from './print-tables.mjs';
import { printVerdicts } from './print-verdicts.mjs';
import { say } from './say.mjs';

/**
 * @typedef {object} Row One measurement, as it stands in the JSON file.
 * @property {string} row
 * @property {string} size what it was measured with: a number of functions or instances, a kind
 * @property {string} contestant
 * @property {number} value median, in `unit`
 * @property {string} unit
 * @property {number | null} ratioToLimit median of the rounds' own ratios to the limit, null where there is no limit
 */

/**
 * @typedef {object} Effort
 * @property {boolean} quick
 * @property {<T>(thorough: T, quick: T) => T} choose
 */

/**
 * Runs the groups one after another, prints their tables and what they say of the figures, and writes the JSON
 * file after each, so that a run that is cut short has left something.
 *
 * @param {import('./arguments.mjs').BenchOptions} options
 */
export async function runBench({ only, json, quick }) {
  const effort = {
    quick,
    choose: (/** @type {any} */ thorough, /** @type {any} */ fast) => (quick ? fast : thorough),
  };
  const file = json === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', json);
  /** @type {Row[]} */
  const rows = [];
  const failed = [];
  console.log(machine());
  for (const group of groups) {
    if (only.length > 0 && !only.includes(group)) continue;
    const started = performance.now();
    try {
      const { measure } = await import(`./groups/${group}.mjs`);
      /** @type {Row[]} */
      const fresh = await measure(effort);
      rows.push(...fresh);
      printTables(fresh);
    } catch (error) {
      failed.push(group);
      console.error(`${group} failed: ${error instanceof Error ? error.stack : error}`);
    }
    if (file) writeFileSync(file, `${JSON.stringify({ rows }, null, 2)}\n`);
    say(`${group}: ${Math.round((performance.now() - started) / 1000)} s`);
  }
  printVerdicts(rows);
  if (failed.length > 0) console.log(`\nNot measured, because they failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}
