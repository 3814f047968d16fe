import { AsyncLocalStorage } from 'node:async_hooks';

/** What a steered function does instead of, or before, its own work. */
export type Steer = 'conflict' | 'crash' | 'wrong' | 'hold';

export interface Account {
  id: number;
  name: string;
  version: number;
}

/** The rows. A transaction works on a copy, which replaces the rows when it commits. */
export interface Rows {
  accounts: Map<number, Account>;
  notes: Map<number, { id: number; text: string }[]>;
  cards: Map<number, { id: number; title: string; state: 'open' | 'doing' | 'done' }[]>;
  things: Map<number, string>;
  stamp: number;
}

function freshRows(): Rows {
  return {
    accounts: new Map([1, 2, 3, 5, 7].map((id) => [id, { id, name: `Account ${id}`, version: 1 }])),
    notes: new Map([
      [5, Array.from({ length: 12 }, (_, i) => ({ id: i + 1, text: `Note ${i + 1}` }))],
      [7, [{ id: 100, text: 'A note of seven' }]],
    ]),
    cards: new Map([
      [
        1,
        [
          { id: 1, title: 'Write the clause', state: 'done' },
          { id: 2, title: 'Break the rule', state: 'doing' },
          { id: 3, title: 'Watch it go red', state: 'open' },
        ],
      ],
      [2, []],
    ]),
    things: new Map([
      [1, 'One thing'],
      [2, 'Another thing'],
    ]),
    stamp: 0,
  };
}

interface Gate {
  open: () => void;
  wait: Promise<void>;
}

/** Everything that the fixture keeps between requests: rows, witnesses, steering and the virtual clock. */
export class World {
  rows: Rows = freshRows();
  runs = new Map<string, unknown[]>();
  steering = new Map<string, { action: Steer; times: number }>();
  now = 1_800_000_000_000;
  readonly current = new AsyncLocalStorage<Rows>();
  readonly #gates = new Map<string, Gate>();
  #resets = 0;

  /** Back to the first state; held functions go on. */
  reset(): void {
    for (const gate of this.#gates.values()) gate.open();
    this.#gates.clear();
    this.#resets += 1;
    this.rows = freshRows();
    this.runs.clear();
    this.steering.clear();
  }

  /** The rows that the running function sees: its transaction's copy, or the committed ones. */
  get seen(): Rows {
    return this.current.getStore() ?? this.rows;
  }

  /** Runs on a copy of the rows and keeps it only if the run succeeds. */
  async transaction<T>(run: () => Promise<T> | T): Promise<T> {
    const copy = structuredClone(this.rows);
    const resets = this.#resets;
    const result = await this.current.run(copy, run);
    if (resets === this.#resets) this.rows = copy;
    return result;
  }

  /** Notes a run of a function, and holds it if it was told to wait. */
  witness(target: string, args: unknown): Promise<void> | undefined {
    const runs = this.runs.get(target);
    if (runs) runs.push(args);
    else this.runs.set(target, [args]);
    if (this.steering.get(target)?.action !== 'hold') return undefined;
    this.#spend(target);
    return this.#gate(target).wait;
  }

  /** The instruction for this run, used up by asking. */
  instruction(target: string): Steer | undefined {
    const found = this.steering.get(target);
    if (!found || found.action === 'hold') return undefined;
    this.#spend(target);
    return found.action;
  }

  release(target: string): void {
    this.#gates.get(target)?.open();
    this.#gates.delete(target);
  }

  #spend(target: string): void {
    const found = this.steering.get(target);
    if (found && --found.times <= 0) this.steering.delete(target);
  }

  #gate(target: string): Gate {
    const known = this.#gates.get(target);
    if (known) return known;
    let open = (): void => {};
    const wait = new Promise<void>((resolve) => {
      open = resolve;
    });
    const gate = { open, wait };
    this.#gates.set(target, gate);
    return gate;
  }
}

export const world = new World();
