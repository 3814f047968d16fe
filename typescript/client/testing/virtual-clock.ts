import type { Clock } from '../src/clock.ts';

/** Time that passes only when a test says so; timers run in order, promises in between. */
export class VirtualClock implements Clock {
  #now = 1_000_000;
  #timers = new Map<number, { at: number; task: () => void }>();
  #next = 0;

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + ms, task });
    return () => this.#timers.delete(id);
  }

  random(): number {
    return 0.5;
  }

  /** Timers that have not run yet. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets this much time pass, and everything that it sets off go on. */
  pass(ms: number): Promise<void> {
    return this.#run(ms, settled);
  }

  /** The same in a few turns of promises, for long schedules. */
  leap(ms: number): Promise<void> {
    return this.#run(ms, async () => {
      for (let turn = 0; turn < 12; turn++) await undefined;
    });
  }

  async #run(ms: number, settled: () => Promise<void>): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { at }]) => at <= end)
        .sort((a, b) => a[1].at - b[1].at || a[0] - b[0]);
      const [first] = due;
      if (!first) break;
      this.#timers.delete(first[0]);
      this.#now = Math.max(this.#now, first[1].at);
      first[1].task();
      await settled();
    }
    this.#now = end;
  }
}

/** Lets all promises go on that can. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
