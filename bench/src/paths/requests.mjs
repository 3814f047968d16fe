import { args } from '../http/answers.mjs';

const none = new Headers();

/** A request that has arrived already. @param {string} method @param {string} path @param {string} query @param {string} body @returns {any} */
function request(method, path, query, body) {
  const bytes = Buffer.from(body);
  return {
    method,
    path,
    query,
    header: (/** @type {string} */ name) =>
      name === 'content-type' && method === 'POST' ? 'application/json' : undefined,
    body: () => Promise.resolve(bytes),
    headers: none,
    get signal() {
      return new AbortController().signal;
    },
    raw: undefined,
  };
}

/** The body of the call of the row `call`. */
export const callBody = JSON.stringify({ fn: 'updateProfile', args });

/** The call of the row `call`. */
export const callRequest = () => request('POST', '/call/', '', callBody);

/** The bundle of the row `bundle`. */
export const bundleRequest = () => request('GET', '/ctx/user', 'userId=5', '');
