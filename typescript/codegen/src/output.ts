/** Where a command's words go: data to stdout, everything else to stderr. */
export interface Output {
  /** Data. */
  data(text: string): void;
  /** Progress and results for people. */
  note(text: string): void;
  /** Colours of data. */
  paint: Paint;
  /** Colours of notes. */
  notePaint: Paint;
}

/** Colours, or their absence. */
export interface Paint {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

/** The output of this process. */
export function createOutput(): Output {
  return {
    data: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(`${text}\n`),
    paint: createPaint(usesColour(process.stdout)),
    notePaint: createPaint(usesColour(process.stderr)),
  };
}

/** Whether a stream shows colours: `NO_COLOR` and `FORCE_COLOR` before what the stream is. */
export function usesColour(stream: { isTTY?: boolean }): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

/** Colours for texts, or functions that leave them alone. */
export function createPaint(coloured: boolean): Paint {
  const code = (open: number, close: number) => (text: string) =>
    coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    dim: code(2, 22),
    bold: code(1, 22),
  };
}
