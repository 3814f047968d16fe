import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Runs work that only one program on this machine may do at a time, and says for whom it waits. What a program that is
 * no more has left behind does not count.
 *
 * @param {string} file holds the number of the program that does the work
 * @param {(line: string) => void} say
 * @param {() => Promise<void>} work
 */
export async function withLock(file, say, work) {
  for (let told = false; !take(file); ) {
    const holder = holderOf(file);
    if (holder === undefined) continue;
    if (!isRunning(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) say(`Waiting for process ${holder}, which does the same …`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when it was given back meanwhile. @param {string} file */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {number} holder */
function isRunning(holder) {
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
