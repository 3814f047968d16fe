import type { Interpreter } from './find-interpreter.ts';

/** What differs between frameworks in Python when one is asked for its contract. */
export interface PythonHost {
  /** Its key in the configuration, its module, and the extra of Mizan's distribution. */
  key: 'django' | 'fastapi';
  /** Its name for people. */
  title: string;
  /** What Python is given to print the contract as JSON. */
  args: readonly string[];
  /** Help for an error that is this framework's own; `undefined` when it is none of those. */
  explain(failure: Failure): Help | undefined;
}

/** A project in Python, with all paths resolved. */
export interface PythonProject {
  /** The value in the configuration, for messages. */
  shown: string;
  /** Absolute: the folder that the configuration's paths are relative to. */
  root: string;
  /** Absolute: the folder that Python runs in. */
  cwd: string;
  /** Absolute: the folder that Python's places in the source are relative to. */
  home: string;
  /** What the configuration names. */
  python: string | undefined;
}

/** What is known when Python did not print a contract. */
export interface Failure {
  project: PythonProject;
  interpreter: Interpreter;
  stderr: string;
  /** The name and the text of the error that nobody caught. */
  error: { name: string; message: string } | undefined;
}

/** Parts of a message that takes the place of the general one. */
export interface Help {
  message: string;
  where?: string;
  detail?: string;
  mend: string;
}
