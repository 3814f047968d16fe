import type { Model } from './model.ts';

/** A file of a generated client: its name inside the target's folder, and its whole text. */
export interface OutputFile {
  path: string;
  text: string;
}

/** Options that every target understands. */
export interface TargetOptions {
  /** What relative imports between generated files end with. Default `.js`, which every resolution mode knows. */
  extension?: '' | '.js' | '.ts';
}

/** A kind of generated client. */
export interface Target {
  /** Its key under `generate` in the configuration. */
  name: string;
  /** The package of ours that generated files import. */
  runtime: string;
  /** What the target has no words for, each with its place and its mend; it is not printed then. */
  check?(model: Model): string[];
  /** Prints the whole client. Pure: what it prints depends on the model and the options only. */
  print(model: Model, options: TargetOptions): OutputFile[];
}
