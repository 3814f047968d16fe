import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCodePoints, isWellFormed } from './code-points.ts';
import { compilePattern } from './regexp.ts';
import { canonicalDate, canonicalDatetime, canonicalTime } from './scalar-dates.ts';
import { canonicalDuration } from './scalar-duration.ts';
import { compareNumberTexts, compileMultipleOf, isBigintText, isDecimalText } from './scalar-numbers.ts';
import { canonicalUuid, isBase64 } from './scalar-texts.ts';

const runs = { numRuns: 1_000 };
const moment = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});
const trimmed = (date: Date) => date.toISOString().replace(/\.?0*Z$/, 'Z');

describe('datetime', () => {
  it('is the same moment whatever the offset', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -1439, max: 1439 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        expect(canonicalDatetime(`${local}${zone}`)).toBe(trimmed(date));
      }),
      runs,
    );
  });

  it('knows the days of each month as the calendar does', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(13), fc.nat(32), (year, month, day) => {
        const text = [
          String(year).padStart(4, '0'),
          String(month).padStart(2, '0'),
          String(day).padStart(2, '0'),
        ].join('-');
        const parsed = new Date(`${text}T00:00:00Z`);
        const exists = year > 0 && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
        expect(canonicalDate(text)).toBe(exists ? text : undefined);
        expect(canonicalDatetime(`${text}T10:20:30Z`)).toBe(exists ? `${text}T10:20:30Z` : undefined);
        expect(canonicalDatetime(`${text}T10:20:30+00:00`)).toBe(exists ? `${text}T10:20:30Z` : undefined);
      }),
      runs,
    );
  });

  it('refuses a text with any character changed for one that is no digit', () => {
    const text = '2026-01-31T12:00:00Z';
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 0, max: 0x7f }), (at, code) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        fc.pre(changed !== text && (code < 0x30 || code > 0x39));
        expect(canonicalDatetime(changed)).toBeUndefined();
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('canonical forms', () => {
  it.each<[string, (text: string) => string | undefined, RegExp]>([
    [
      'datetime',
      canonicalDatetime,
      /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,7})?(Z|[+-][0-2]\d:[0-6]\d)$/,
    ],
    ['time', canonicalTime, /^[0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,7})?)?$/],
    ['duration', canonicalDuration, /^-?P(\d{1,4}D)?(T(\d{1,4}H)?(\d{1,4}M)?(\d{1,4}(\.\d{1,7})?S)?)?$/],
    ['uuid', canonicalUuid, /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/],
  ])('of %s are their own canonical form', (_, canonical, form) => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(form), fc.string()), (text) => {
        const once = canonical(text);
        if (once !== undefined) expect(canonical(once)).toBe(once);
      }),
      runs,
    );
  });

  it('of a duration have the length that was given', () => {
    const part = fc.nat(100_000);
    fc.assert(
      fc.property(part, part, part, part, fc.nat(999_999), (days, hours, minutes, seconds, micros) => {
        const text = `P${days}DT${hours}H${minutes}M${seconds}.${String(micros).padStart(6, '0')}S`;
        const length = (of: string) => {
          const [, d = 0, h = 0, m = 0, s = 0, f = ''] =
            /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/.exec(of) ?? [];
          return (((+d * 24 + +h) * 60 + +m) * 60 + +s) * 1_000_000 + +f.padEnd(6, '0');
        };
        expect(length(canonicalDuration(text) ?? '')).toBe(length(text));
      }),
      runs,
    );
  });
});

const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const scaled = (value: bigint, scale: number) => {
  const text = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(text.length - scale)}`}`;
};

describe('numbers as text', () => {
  it('are ordered as the numbers are', () => {
    fc.assert(
      fc.property(digits, digits, fc.nat(20), fc.nat(20), (a, b, scaleA, scaleB) => {
        const [x, y] = [a * 10n ** BigInt(20 - scaleA), b * 10n ** BigInt(20 - scaleB)];
        const order = Math.sign(compareNumberTexts(scaled(a, scaleA), scaled(b, scaleB)));
        expect(order).toBe(x < y ? -1 : x > y ? 1 : 0);
      }),
      runs,
    );
  });

  it('are multiples when the division leaves nothing', () => {
    fc.assert(
      fc.property(
        digits,
        fc.nat(6),
        fc.integer({ min: 1, max: 99_999 }),
        fc.nat(6),
        (value, scale, by, byScale) => {
          const divides = (value * 10n ** BigInt(byScale)) % (BigInt(by) * 10n ** BigInt(scale)) === 0n;
          expect(compileMultipleOf(scaled(BigInt(by), byScale))(scaled(value, scale))).toBe(divides);
          const multiple = value * BigInt(by);
          expect(compileMultipleOf(scaled(BigInt(by), byScale))(scaled(multiple, byScale))).toBe(true);
        },
      ),
      runs,
    );
  });

  it('are in the form that BigInt writes', () => {
    fc.assert(fc.property(digits, (value) => isBigintText(String(value)) && isDecimalText(String(value))));
    fc.assert(fc.property(fc.string(), (text) => !isBigintText(text) || String(BigInt(text)) === text));
  });
});

describe('bytes', () => {
  it('are what Buffer writes, and nothing that it writes otherwise', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => isBase64(Buffer.from(bytes).toString('base64'))));
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/]{0,6}={0,3}$/), (text) => {
        expect(isBase64(text)).toBe(Buffer.from(text, 'base64').toString('base64') === text);
      }),
      runs,
    );
  });

  it('of many megabytes need no stack', () => {
    expect(isBase64('A'.repeat(16_000_000))).toBe(true);
  });
});

describe('code points', () => {
  it('are counted as iteration counts them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => countCodePoints(text) === Array.from(text).length),
    );
  });

  it('of a lone surrogate are not well formed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isWellFormed));
    for (const text of ['\ud800', 'a\udc00', '\udc00\ud800']) expect(isWellFormed(text)).toBe(false);
  });
});

describe('patterns', () => {
  it('mean any text when every character of it is escaped or ordinary', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, other) => {
        const pattern = compilePattern(text.replace(/[()*+\-.?[\\\]^{|}]/g, '\\$&'));
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(other)).toBe(other === text);
      }),
    );
  });

  it('are refused with a SyntaxError or compiled, whatever they hold', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'ab09-^$.*+?()[]{},|\\pPLdn/😀') });
    fc.assert(
      fc.property(hostile, (text) => {
        try {
          expect(compilePattern(text).source.startsWith('^(?:')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          expect((error as Error).message).not.toContain('Invalid regular expression');
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('hold no lone surrogate', () => {
    expect(() => compilePattern('a\ud800')).toThrow('lone surrogate');
  });

  it('meet the longest text without a stack overflow', () => {
    expect(compilePattern('(a|b)*').test('ab'.repeat(500_000))).toBe(true);
    expect(compilePattern('((((a{10}){10}){10})|x)*').test('a'.repeat(10_000))).toBe(true);
  });
});
