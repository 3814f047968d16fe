import { mizan } from '../mizan-app.mjs';

/** Mizan's fetch handler. */
export const handle = (/** @type {Request} */ request) => mizan.fetch(request);
