import { type Finding, formatPointer } from './findings.ts';
import { ERROR_STATUS, type ErrorCode, HOST_STATUSES } from './generated/tables.ts';

/** What an error may carry besides its code and message. */
export interface MizanErrorOptions {
  details?: unknown;
  /** HTTP status; by default that of the code, and 409 for the name of a declared error. */
  status?: number;
  /** For the log; never on the wire. */
  cause?: unknown;
}

/** An error as the envelope `{"error": …}` holds it (spec clause ERR-1). */
export interface WireError {
  code: string;
  message: string;
  details?: unknown;
  id?: string;
  contract?: string;
}

/**
 * What every error of the protocol is, without what only servers need. `Code` is a standard code or the name of
 * a declared error, so that `OutOfStock | MizanError` narrows by `code`.
 */
export class MizanErrorBase<Code extends string = ErrorCode, Details = unknown> extends Error {
  declare readonly code: Code;
  /** Of HTTP, 0 where there was no answer. */
  declare readonly status: number;
  declare readonly details: Details;
  /** Of `INTERNAL`: what to look for in the server's log. */
  declare id?: string;
  /** The server's contract, when it is not the client's. */
  declare contract?: string;

  constructor(code: Code, message: string = code, status = 0, cause?: unknown) {
    super(message, cause === undefined ? cause : { cause });
    Object.assign(this, { name: 'MizanError', code, status });
  }
}

/** The error class of servers: it knows the status of each code, and has a constructor for each. */
export class MizanError<Code extends string = ErrorCode, Details = unknown> extends MizanErrorBase<
  Code,
  Details
> {
  constructor(code: Code, message: string, options: MizanErrorOptions = {}) {
    super(code, message, options.status ?? statusOf(code), options.cause);
    if (options.details !== undefined) Object.assign(this, { details: options.details });
  }

  /** The inside of the envelope; the cause stays behind. */
  toWire(): WireError {
    const wire: WireError = { code: this.code, message: this.message };
    if (this.details !== undefined) wire.details = this.details;
    if (this.id !== undefined) wire.id = this.id;
    if (this.contract !== undefined) wire.contract = this.contract;
    return wire;
  }

  static badRequest(message = 'Bad request'): MizanError {
    return new MizanError('BAD_REQUEST', message);
  }

  static unauthenticated(message = 'Sign in first'): MizanError {
    return new MizanError('UNAUTHENTICATED', message);
  }

  static forbidden(message = 'Not allowed'): MizanError {
    return new MizanError('FORBIDDEN', message);
  }

  static notFound(message = 'Not found'): MizanError {
    return new MizanError('NOT_FOUND', message);
  }

  static conflict(message = 'Conflict'): MizanError {
    return new MizanError('CONFLICT', message);
  }

  static rateLimited(message = 'Too many requests'): MizanError {
    return new MizanError('RATE_LIMITED', message);
  }

  static internal(message = 'Internal error'): MizanError {
    return new MizanError('INTERNAL', message);
  }

  static unavailable(message = 'Unavailable, try again later'): MizanError {
    return new MizanError('UNAVAILABLE', message);
  }

  static timeout(message = 'Took too long'): MizanError {
    return new MizanError('TIMEOUT', message);
  }

  /** Refuses fields from a handler: `MizanError.invalid({ email: 'is taken' })`. */
  static invalid(fields: Readonly<Record<string, string>>): MizanError {
    const findings = Object.entries(fields).map(
      ([field, message]): Finding => ({ path: formatPointer([field]), code: 'invalid', message }),
    );
    return MizanError.validation(findings);
  }

  /** `VALIDATION_FAILED` with these findings as details. */
  static validation(findings: readonly Finding[]): MizanError<ErrorCode, readonly Finding[]> {
    const [first] = findings;
    const message = first === undefined ? 'Not valid' : `${first.path || 'The value'} ${first.message}`;
    return new MizanError('VALIDATION_FAILED', message, { details: findings });
  }
}

/** Whether a code is one of the protocol's own; else it is the name of a declared error. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code);
}

/** The code that stands for the status of a host's own exception (spec clause ERR-14). */
export function codeOfStatus(status: number): ErrorCode {
  const known = (HOST_STATUSES as Readonly<Record<number, ErrorCode>>)[status];
  return known ?? (status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
}

function statusOf(code: string): number {
  return isErrorCode(code) ? ERROR_STATUS[code] : 409;
}
