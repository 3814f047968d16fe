/** One thing that a developer or operator should see. */
export interface LogEntry {
  level: 'error' | 'warn';
  /** What happened, closed enough to count: `failure`, `wrong-output`, `undeclared-error`, `store`, `scope`, `secret`. */
  event: string;
  /** One line for people. */
  message: string;
  /** The id that the answer carried. */
  id?: string;
  function?: string;
  context?: string;
  error?: unknown;
}

/** Takes what the server has to say. */
export type Log = (entry: LogEntry) => void;

/** Prints entries as one line each. */
export const consoleLog: Log = (entry) => {
  const line = printEntry(entry);
  if (entry.level === 'error') console.error(line);
  else console.warn(line);
};

/** `mizan failure 0f3a…: buy: TypeError: x is undefined (shop/clients.ts:12:3)`. */
export function printEntry({ event, id, message, error }: LogEntry): string {
  const cause = error === undefined ? '' : `: ${describe(error)}`;
  return `mizan ${event}${id === undefined ? '' : ` ${id}`}: ${message}${cause}`.replace(
    /\s*[\r\n]+\s*/g,
    ' ',
  );
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split('\n').find((line) => /:\d+:\d+\)?$/.test(line));
  const place =
    frame === undefined
      ? ''
      : ` (${frame
          .trim()
          .replace(/^at (?:.* \()?/, '')
          .replace(/\)$/, '')})`;
  const cause = error.cause === undefined ? '' : `, because of ${describe(error.cause)}`;
  return `${error.name}: ${error.message}${place}${cause}`;
}
