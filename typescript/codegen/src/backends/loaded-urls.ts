/** Loader hooks that report the URL of every module that a backend loads, so that a watcher knows its files. */
import type { LoadHook } from 'node:module';
import type { MessagePort } from 'node:worker_threads';

let port: MessagePort | undefined;

/** Called once by Node with what `register` was given. */
export function initialize(data: { port: MessagePort }): void {
  port = data.port;
}

/** Reports, and leaves loading to others. */
export const load: LoadHook = (url, context, next) => {
  port?.postMessage(url);
  return next(url, context);
};
