import type { ContextAddress, Finding } from '@mizan/core';

/** An instance as a query named it. */
export interface ReadInstance {
  readonly ok: true;
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly min?: string;
  /** The body that was last answered for it, and the entity tag of that body. */
  tagged?: { readonly body: string; readonly tag: string };
}

/** Reads the queries of one context and remembers the last ones: what is asked for often is not taken apart again. */
export class RecentInstances {
  readonly #address: ContextAddress;
  readonly #most: number;
  readonly #held = new Map<string, ReadInstance>();

  constructor(address: ContextAddress, most: number) {
    this.#address = address;
    this.#most = most;
  }

  read(query: string): ReadInstance | { ok: false; findings: Finding[] } {
    const held = this.#held.get(query);
    if (held !== undefined) return held;
    const read = this.#address.parse(query);
    // Who carries `$min` was told of one change, and will not come again with the same.
    if (read.ok && read.min === undefined) this.#hold(query, read);
    return read;
  }

  #hold(query: string, instance: ReadInstance): void {
    Object.freeze(instance.values);
    this.#held.set(query, instance);
    if (this.#held.size <= this.#most) return;
    const [oldest] = this.#held.keys();
    this.#held.delete(oldest as string);
  }
}
