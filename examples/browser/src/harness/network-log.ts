import type { Page, Request } from 'playwright-core';

/** One exchange with the API. */
export interface Exchange {
  /** `read tickets?page=1&status=open` or `call setStatus`. */
  what: string;
  /** Of a call: what its client showed. */
  shows: string[];
  /** Of a call: the contexts in its answer. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  answer: any;
}

/** Writes down what a page asks the API, with the answers of its calls. */
export class NetworkLog {
  #exchanges: Promise<Exchange>[] = [];
  navigations = 0;

  constructor(page: Page) {
    page.on('request', (request) => {
      if (request.isNavigationRequest()) this.navigations++;
      else if (request.url().includes('/api/mizan/')) this.#exchanges.push(describe(request));
    });
  }

  /** What was asked since the last time. */
  async take(): Promise<Exchange[]> {
    const exchanges = this.#exchanges;
    this.#exchanges = [];
    return Promise.all(exchanges);
  }
}

async function describe(request: Request): Promise<Exchange> {
  const path = decodeURIComponent(new URL(request.url()).pathname + new URL(request.url()).search);
  const read = /\/ctx\/(.*)$/.exec(path)?.[1];
  if (read !== undefined) return { what: `read ${read}`, shows: [], answer: undefined };
  const body = request.postDataJSON() as { fn: string; shows?: string[] };
  const response = await request.response();
  return { what: `call ${body.fn}`, shows: body.shows ?? [], answer: await response?.json() };
}
