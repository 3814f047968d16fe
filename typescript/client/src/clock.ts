/** Time and chance as the client sees them; tests pass their own. */
export interface Clock {
  /** Milliseconds since some fixed point. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, task: () => void): () => void;
  /** From 0 to below 1; spreads repeated reads. */
  random(): number;
}

/** The clock of the host. Its timers do not keep a process alive. */
export const hostClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer: { unref?: () => void } | number = setTimeout(task, ms);
    // Node's timers are objects, a browser's are numbers.
    (timer as { unref?: () => void }).unref?.();
    return () => clearTimeout(timer as number);
  },
  random: () => Math.random(),
};
