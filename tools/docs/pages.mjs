/**
 * @typedef {object} Page
 * @property {string} path
 * @property {string} [base] another page, whose folder this one starts from
 * @property {boolean} [python] whether `pip install` of our distribution stands in it
 */

/**
 * Every page with code blocks, in the order in which they are followed.
 *
 * @type {readonly Page[]}
 */
export const pages = [
  { path: 'README.md', python: true },
  { path: 'docs/start-typescript.md' },
  { path: 'docs/start-django.md', python: true },
  { path: 'docs/start-fastapi.md', python: true },
  { path: 'docs/server.md', base: 'README.md' },
  { path: 'docs/python.md', python: true },
  { path: 'docs/errors.md', base: 'docs/server.md' },
  { path: 'docs/react.md', base: 'docs/server.md' },
  { path: 'docs/client.md', base: 'docs/server.md' },
  { path: 'docs/contract.md', base: 'README.md' },
  { path: 'docs/cli.md', base: 'README.md' },
  { path: 'docs/mounting.md', base: 'README.md' },
  { path: 'docs/operations.md', base: 'README.md' },
];
