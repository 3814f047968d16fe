import { mizan } from '../http/mizan-app.mjs';
import { callRequest } from './requests.mjs';

/** One validated call through `handle`, without a network. */
export function prepare() {
  return async (/** @type {number} */ times) => {
    for (let at = 0; at < times; at += 1) await mizan.handle(callRequest());
  };
}
