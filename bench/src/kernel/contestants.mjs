/** The modules of a kernel row by contestant. @param {'invalidate' | 'notify' | 'memory'} row */
export function contestantsOf(row) {
  /** @param {string} name */
  const url = (name) => new URL(`${row}/${name}.mjs`, import.meta.url);
  return { limit: url('limit'), mizan: url('mizan'), tanstack: url('tanstack') };
}
