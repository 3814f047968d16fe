/** A file that `mizan init` would write. */
export interface Change {
  /** Relative to the project, with `/`. */
  path: string;
  /** What it is for, in a few words. */
  what: string;
  /** Its whole text after the change. */
  text: string;
}

/** What `mizan init` found and would do. */
export interface InitPlan {
  /** `Express 5 (server/main.ts)`, `React 19 with Vite (web/)`. */
  found: string[];
  changes: Change[];
  /** The configuration, when there is none yet. */
  config: Change | undefined;
  /** What is left to a person, as whole lines. */
  byHand: string[];
  /** Whether packages must be installed afterwards. */
  install: boolean;
  /** Where to do that, relative to the project; empty for the project itself. */
  installIn: string;
  /** What to run at last. */
  next: string[];
}

/** A kind of project that `mizan init` knows. */
export interface HostKind {
  /** Plans for the project in `root`, or `undefined` when it is of another kind. */
  plan(root: string): Promise<InitPlan | undefined>;
}
