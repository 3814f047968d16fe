import { describe, expect, it } from 'vitest';
import { codeOfStatus, isErrorCode, MizanError, type MizanErrorOptions } from './errors.ts';
import type { Finding } from './findings.ts';
import { readVectors } from './testing/vectors.ts';

interface WireCase {
  id: string;
  error: MizanErrorOptions & { code: string; message: string; id?: string; contract?: string };
  status: number;
  wire: object;
}

describe('spec/vectors/errors', () => {
  it.each(readVectors<WireCase>('errors/wire'))('$id', ({ error, status, wire }) => {
    const { code, message, id, contract, ...options } = error;
    const raised = new MizanError(code, message, options);
    if (id !== undefined) raised.id = id;
    if (contract !== undefined) raised.contract = contract;
    expect(raised.status).toBe(status);
    expect(raised.toWire()).toStrictEqual(wire);
  });

  it.each(readVectors<{ id: string; fields: Record<string, string>; details: Finding[] }>('errors/invalid'))(
    '$id',
    ({ fields, details }) => {
      const raised = MizanError.invalid(fields);
      expect(raised.code).toBe('VALIDATION_FAILED');
      expect(raised.details).toStrictEqual(details);
    },
  );

  it.each(readVectors<{ status: number; code: string }>('errors/host'))(
    '$status is $code',
    ({ status, code }) => expect(codeOfStatus(status)).toBe(code),
  );
});

describe('MizanError', () => {
  it.each([
    [MizanError.badRequest(), 'BAD_REQUEST'],
    [MizanError.unauthenticated(), 'UNAUTHENTICATED'],
    [MizanError.forbidden(), 'FORBIDDEN'],
    [MizanError.notFound(), 'NOT_FOUND'],
    [MizanError.conflict(), 'CONFLICT'],
    [MizanError.rateLimited(), 'RATE_LIMITED'],
    [MizanError.internal(), 'INTERNAL'],
    [MizanError.unavailable(), 'UNAVAILABLE'],
    [MizanError.timeout(), 'TIMEOUT'],
  ])('%s has its code and a message', (error, code) => {
    expect(error.code).toBe(code);
    expect(error.message).not.toBe('');
    expect(error).toBeInstanceOf(Error);
  });

  it('keeps the cause for the log and off the wire', () => {
    const cause = new Error('connection to 10.0.0.3 refused');
    const error = new MizanError('INTERNAL', 'Internal error', { cause });
    expect(error.cause).toBe(cause);
    expect(JSON.stringify(error.toWire())).not.toContain('10.0.0.3');
    expect('cause' in new MizanError('INTERNAL', 'Internal error')).toBe(false);
  });

  it('says in its message which field is wrong first', () => {
    expect(MizanError.invalid({ email: 'is taken' }).message).toBe('/email is taken');
    expect(MizanError.validation([{ path: '', code: 'type', message: 'must be an object' }]).message).toBe(
      'The value must be an object',
    );
    expect(MizanError.validation([]).message).not.toBe('');
  });

  it('narrows a union of declared and standard errors by code', () => {
    type OutOfStock = MizanError<'OutOfStock', { left: number }>;
    const error = new MizanError('OutOfStock', 'None left', { details: { left: 2 } }) as
      | OutOfStock
      | MizanError;
    expect(error.code === 'OutOfStock' && error.details.left).toBe(2);
  });

  it('knows its own codes only, whatever objects inherit', () => {
    expect(isErrorCode('NOT_FOUND')).toBe(true);
    for (const code of ['OutOfStock', 'toString', '__proto__', 'constructor', '']) {
      expect(isErrorCode(code)).toBe(false);
    }
    expect(new MizanError('toString', 'x').status).toBe(409);
  });
});
