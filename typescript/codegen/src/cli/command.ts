import type { Output } from '../output.ts';

/** A flag: `boolean` ones stand alone, `string` ones take a value. */
export interface Flag {
  type: 'boolean' | 'string';
  /** What its value is, for the help: `FILE`. */
  hint?: string;
  /** Says in help what it does. */
  help: string;
}

/** What a command is given. */
export interface Call {
  /** Arguments without a name. */
  args: string[];
  /** What stands after `--`. */
  rest: string[];
  flags: Readonly<Record<string, string | boolean | undefined>>;
  output: Output;
  /** Ends with the first Ctrl-C. */
  signal: AbortSignal;
}

/** A command of the command line. Its code is loaded when it is called. */
export interface Command {
  name: string;
  summary: string;
  /** What follows the name: `[contract.kdl]`. */
  usage: string;
  /** Most arguments that it takes. */
  maxArgs: number;
  flags: Readonly<Record<string, Flag>>;
  /** Whether `-- command` may follow. */
  takesRest?: boolean;
  /** Lines of help after the flags. */
  notes?: string;
  examples: string[];
  load(): Promise<(call: Call) => Promise<number>>;
}
