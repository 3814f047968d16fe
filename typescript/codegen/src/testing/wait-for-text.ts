import type { ChildProcess } from 'node:child_process';

/** What a child prints, from the start, on both of its outputs. */
export interface Printed {
  /** Everything until now. */
  readonly text: string;
  /** Settles with the text so far when it holds `part` after `from`; fails when the child ends before. */
  until(part: string | RegExp, from?: number): Promise<string>;
  /** Settles with the exit code or the signal when the child has ended. */
  readonly ended: Promise<number | string>;
}

/** Follows what a child prints. */
export function follow(child: ChildProcess): Printed {
  let text = '';
  let over = false;
  const waiting = new Set<() => void>();
  const take = (chunk: Buffer) => {
    text += chunk.toString('utf8');
    for (const wake of waiting) wake();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const ended = new Promise<number | string>((done) => {
    child.once('close', (code, signal) => {
      over = true;
      for (const wake of waiting) wake();
      done(code ?? signal ?? 'nothing');
    });
  });
  return {
    get text() {
      return text;
    },
    ended,
    until: (part, from = 0) =>
      new Promise((done, fail) => {
        const look = () => {
          const rest = text.slice(from);
          if (typeof part === 'string' ? rest.includes(part) : part.test(rest)) done(text);
          else if (over) fail(new Error(`ended without ${String(part)}:\n${text}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
}
