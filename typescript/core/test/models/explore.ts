/** One atomic thing that an actor does; false: not possible yet. */
export interface Step<S> {
  name: string;
  run: (state: S) => boolean | undefined;
}

/** What one actor does, in this order. */
export interface Actor<S> {
  name: string;
  steps: Step<S>[];
}

/** A schedule that ends in a bad state. */
export interface Counterexample {
  why: string;
  schedule: string[];
}

/** An atomic step that is always possible. */
export function step<S>(name: string, run: (state: S) => void): Step<S> {
  return {
    name,
    run: (state) => {
      run(state);
      return undefined;
    },
  };
}

/** A step that waits until `ready`. */
export function when<S>(name: string, ready: (state: S) => boolean, run: (state: S) => void): Step<S> {
  return {
    name,
    run: (state) => {
      if (!ready(state)) return false;
      run(state);
      return undefined;
    },
  };
}

/**
 * Every interleaving of the actors, depth first; the first final state of which `bad` says why it is bad.
 * A state is final when nobody can go on; `done` says whether everybody came to the end.
 */
export function explore<S extends object>(
  init: S,
  actors: Actor<S>[],
  bad: (state: S, done: boolean) => string | undefined,
): { found: Counterexample | undefined; states: number } {
  type Node = { state: S; at: number[]; schedule: string[] };
  const seen = new Set<string>();
  const stack: Node[] = [{ state: init, at: actors.map(() => 0), schedule: [] }];
  for (;;) {
    const node = stack.pop();
    if (node === undefined) return { found: undefined, states: seen.size };
    const key = JSON.stringify([node.state, node.at], asText);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > 1_000_000) throw new Error('too many states');
    let moved = false;
    for (const [index, actor] of actors.entries()) {
      const next = actor.steps[node.at[index] as number];
      if (next === undefined) continue;
      const state = structuredClone(node.state);
      if (next.run(state) === false) continue;
      moved = true;
      const at = node.at.with(index, (node.at[index] as number) + 1);
      stack.push({ state, at, schedule: [...node.schedule, `${actor.name}.${next.name}`] });
    }
    if (moved) continue;
    const done = actors.every((actor, index) => node.at[index] === actor.steps.length);
    const why = bad(node.state, done);
    if (why !== undefined) return { found: { why, schedule: node.schedule }, states: seen.size };
  }
}

function asText(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
