import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, datetime, uuid } from './index.ts';

describe('canonical texts of parameters', () => {
  it.each([
    ['2026-01-31T23:30:00Z', '2026-01-31T23:30:00Z'],
    ['2026-01-31T23:30:00-01:00', '2026-02-01T00:30:00Z'],
    ['2026-01-01T00:00:00+05:45', '2025-12-31T18:15:00Z'],
    ['2026-01-01T00:00:00.120300Z', '2026-01-01T00:00:00.1203Z'],
    ['2026-01-01T00:00:00.000000+00:00', '2026-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00.000001Z', '0001-01-01T00:00:00.000001Z'],
  ])('%s is %s', (text, canonical) => expect(datetime(text)).toBe(canonical));

  it.each([
    '',
    'now',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01t00:00:00z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00.1234567Z',
  ])('%j stays as it is, for the server to refuse', (text) => expect(datetime(text)).toBe(text));

  it('is its own canonical text, and the same instant', () => {
    const date = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (at) => {
        const text = datetime(at.toISOString());
        expect(datetime(text)).toBe(text);
        expect(new Date(text)).toEqual(at);
      }),
    );
  });

  it('lowers a UUID', () =>
    expect(uuid('0F8FAD5B-D9CB-469F-A165-70867728950E')).toBe('0f8fad5b-d9cb-469f-a165-70867728950e'));

  it('stand in addresses, where null and absent do not', () => {
    const def = {
      context: 'agenda',
      contract: '',
      options: { forms: { since: datetime }, defaults: { page: 1 } },
    };
    expect(addressOf(def, { since: '2026-01-01T00:00:00+00:00' })).toBe(
      'agenda?page=1&since=2026-01-01T00%3A00%3A00Z',
    );
    expect(addressOf(def, { since: null, page: undefined })).toBe('agenda?page=1');
    expect(addressOf({ ...def, member: 'day' }, { open: true }, true)).toBe('agenda/day?open=true');
  });
});
