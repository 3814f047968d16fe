import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the run ran on, in a line: ratios travel between machines, but not without knowing which. */
export function machine() {
  const [cpu] = cpus();
  const load = loadavg()[0] ?? 0;
  const busy =
    load > 0.7 ? `; load ${load.toFixed(1)} before it began, so trust no figure to the last digit` : '';
  return `Node ${process.versions.node}, ${availableParallelism()} × ${cpu?.model.trim() ?? 'unknown'}${busy}`;
}

let pinning;

/**
 * The command that runs a program on one core, so that server and load do not share one; as it is where that
 * cannot be done.
 *
 * @param {number} core
 * @param {readonly string[]} command
 */
export function pinned(core, command) {
  pinning ??= canPin();
  return pinning && core < availableParallelism()
    ? ['taskset', '-c', String(core), ...command]
    : [...command];
}

function canPin() {
  if (availableParallelism() < 2) return false;
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
