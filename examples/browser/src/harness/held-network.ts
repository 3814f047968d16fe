import type { Page, Route } from 'playwright-core';
import type { Random } from '../../../helpdesk-data/random.ts';

/** Stands between page and server: every answer waits until somebody lets it through, in any order. */
export class HeldNetwork {
  readonly #held: { what: string; pass: () => Promise<void> }[] = [];
  #asked = 0;
  /** Requests that the server has not answered yet. */
  #running = 0;
  #open = false;
  #line: Promise<unknown> = Promise.resolve();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  async attach(page: Page): Promise<void> {
    await page.route('**/api/mizan/**', (route) => this.#take(route));
  }

  /** How many answers wait. */
  get waiting(): number {
    return this.#held.length;
  }

  /** Whether the page has asked nothing, and waits for nothing. */
  get quiet(): boolean {
    return this.#held.length === 0 && this.#running === 0;
  }

  get asked(): number {
    return this.#asked;
  }

  /** Lets one answer through that chance picks: seldom the oldest. */
  async passOne(): Promise<string | undefined> {
    if (this.#held.length === 0) return undefined;
    const [one] = this.#held.splice(this.#random.below(this.#held.length), 1);
    await one?.pass();
    return one?.what;
  }

  /** Lets through what waits now, and what that makes the page ask for, until it is quiet. */
  async passWaiting(): Promise<void> {
    for (let calm = 0; calm < 3; calm++) {
      if (!this.quiet) calm = 0;
      while (this.#held.length > 0) await this.passOne();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Waits until the server has answered all that was asked; the answers still wait. */
  async answered(): Promise<void> {
    while (this.#running > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** Lets everything through from now on. */
  async passAll(): Promise<void> {
    this.#open = true;
    while (this.#held.length > 0) await this.passOne();
  }

  async #take(route: Route): Promise<void> {
    this.#asked++;
    this.#running++;
    const what = decodeURIComponent(
      route
        .request()
        .url()
        .replace(/^.*\/api\/mizan\//, ''),
    );
    // The server gets requests in the order in which they were made, so its state is known; answers are mixed up.
    const answer = this.#line.then(() => route.fetch().catch(() => undefined));
    this.#line = answer;
    const response = await answer;
    // A request that the page gave up has nobody to answer.
    const pass = () => route.fulfill(response === undefined ? { status: 502 } : { response }).catch(() => {});
    this.#running--;
    if (this.#open) await pass();
    else this.#held.push({ what, pass });
  }
}
