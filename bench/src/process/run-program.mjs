import { spawn } from 'node:child_process';

/**
 * Runs a program to its end; throws with what it said when it fails.
 *
 * @param {readonly string[]} command
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<{ stdout: string, milliseconds: number }>}
 */
export function runProgram([program = '', ...args], { cwd } = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, args, {
      ...(cwd ? { cwd } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ stdout, milliseconds: performance.now() - began });
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${(stdout + stderr).slice(-4000)}`));
    });
  });
}
