import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * A child process that answers each line with a line of JSON.
 *
 * @typedef {object} LineProcess
 * @property {() => Promise<any>} read the next line that it says
 * @property {(line: string) => Promise<any>} ask
 * @property {() => void} end
 */

/** Starts one. @param {readonly string[]} command @returns {LineProcess} */
export function startLineProcess([program = '', ...args]) {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${args.join(' ')} ended`);
    return JSON.parse(value);
  };
  return {
    read,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return read();
    },
    end: () => child.stdin.end(),
  };
}
