/**
 * @typedef {object} Page
 * @property {string} path
 * @property {string} [base] another page, whose folder this one starts from
 */

/**
 * Every page with code blocks, in the order in which they are followed.
 *
 * @type {readonly Page[]}
 */
export const pages = [{ path: 'README.md' }, { path: 'docs/start-typescript.md' }];
