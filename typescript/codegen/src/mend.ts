/** Parts of a message for people: what is wrong, where, and how to mend it. */
export interface MendParts {
  /** `path:line`, or a path. */
  where?: string | undefined;
  /** Shown as it is below the message: source, a list. */
  detail?: string | undefined;
  mend?: string | undefined;
  /** 1: found something; 2 (default): used wrongly, or cannot go on. */
  exitCode?: 1 | 2;
  cause?: unknown;
  /** Files whose change may mend it, for those who watch. */
  files?: readonly string[];
}

/** An error that a person can act on; the command line prints it without a stack. */
export class Mend extends Error {
  readonly where: string | undefined;
  readonly detail: string | undefined;
  readonly mend: string | undefined;
  readonly exitCode: 1 | 2;
  readonly files: readonly string[];

  constructor(message: string, parts: MendParts = {}) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'Mend';
    this.where = parts.where;
    this.detail = parts.detail;
    this.mend = parts.mend;
    this.exitCode = parts.exitCode ?? 2;
    this.files = parts.files ?? [];
  }

  /** The whole message: where and what (painted) on the first line, then the detail, then the mend, indented. */
  format(paint: (text: string) => string = (text) => text): string {
    const lines = [this.where === undefined ? paint(this.message) : `${this.where}  ${paint(this.message)}`];
    if (this.detail !== undefined)
      lines.push(...this.detail.split('\n').map((line) => `    ${line}`.trimEnd()));
    if (this.mend !== undefined) lines.push(...this.mend.split('\n').map((line) => `  ${line}`));
    return lines.join('\n');
  }
}

/** Any error as text: a `Mend` as help, others with their stack, because they are faults of ours. */
export function formatError(error: unknown, paint?: (text: string) => string): string {
  if (error instanceof Mend) return error.format(paint);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a fault of Mizan, please report it:\n${text}`;
}
