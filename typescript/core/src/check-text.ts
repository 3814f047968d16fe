import { type Node, refuse, type Walk } from './check-walk.ts';
import { countCodePoints, isWellFormed } from './code-points.ts';
import type { Type } from './contract.ts';
import { LIMITS } from './generated/tables.ts';
import { compilePattern } from './regexp.ts';
import { canonicalDate, canonicalDatetime, canonicalTime } from './scalar-dates.ts';
import { canonicalDuration } from './scalar-duration.ts';
import { compareNumberTexts, compileMultipleOf, isBigintText, isDecimalText } from './scalar-numbers.ts';
import { canonicalUuid, isBase64 } from './scalar-texts.ts';

type OfKind<K extends Type['kind']> = Extract<Type, { kind: K }>;

/** Texts with their length in code points and their pattern. */
export function stringNode(type: OfKind<'string'>): Node {
  const least = type.minLength ?? 0;
  const most =
    type.maxLength ?? (type.pattern === undefined ? Number.POSITIVE_INFINITY : LIMITS.patternLength);
  const pattern = type.pattern === undefined ? undefined : compilePattern(type.pattern);
  return (value, walk) => {
    if (typeof value !== 'string') return refuse(walk, 'type', 'must be a string');
    if (!isWellFormed(value)) return refuse(walk, 'format', 'must be valid Unicode');
    // Code points are at most as many as units, and at least half as many.
    if (value.length > most && (value.length > 2 * most || countCodePoints(value) > most)) {
      return refuse(walk, 'maxLength', `must have at most ${most} characters`);
    }
    if (least > 0 && (value.length < least || (value.length < 2 * least && countCodePoints(value) < least))) {
      return refuse(walk, 'minLength', `must have at least ${least} characters`);
    }
    if (pattern !== undefined && !pattern.test(value)) {
      return refuse(walk, 'pattern', `must match ${type.pattern}`);
    }
    return value;
  };
}

/** One of the listed texts. */
export function enumNode(type: OfKind<'enum'>): Node {
  const values = new Set(type.values);
  const message = `must be one of ${type.values.map((value) => JSON.stringify(value)).join(', ')}`;
  return (value, walk) => {
    if (typeof value !== 'string') return refuse(walk, 'type', 'must be a string');
    return values.has(value) ? value : refuse(walk, 'enum', message);
  };
}

/** Whole and decimal numbers as text; bounds are compared as numbers of any size. */
export function numberTextNode(type: OfKind<'bigint'> | OfKind<'decimal'>): Node {
  const isText = type.kind === 'bigint' ? isBigintText : isDecimalText;
  const form =
    type.kind === 'bigint' ? 'a whole number as text, as "12"' : 'a decimal number as text, as "1.50"';
  const { min, max } = type;
  const step = type.kind === 'decimal' ? type.multipleOf : undefined;
  const isMultiple = step === undefined ? undefined : compileMultipleOf(step);
  return (value, walk) => {
    if (typeof value !== 'string') return refuse(walk, 'type', 'must be a string');
    if (!isText(value)) return refuse(walk, 'format', `must be ${form}`);
    let result: unknown = value;
    if (min !== undefined && compareNumberTexts(value, min) < 0) {
      result = refuse(walk, 'min', `must be at least ${min}`);
    }
    if (max !== undefined && compareNumberTexts(value, max) > 0) {
      result = refuse(walk, 'max', `must be at most ${max}`);
    }
    if (isMultiple !== undefined && !isMultiple(value)) {
      result = refuse(walk, 'multipleOf', `must be a multiple of ${step}`);
    }
    return result;
  };
}

const forms = {
  datetime: [canonicalDatetime, 'a date and time with offset, as "2026-01-31T12:00:00Z"'],
  date: [canonicalDate, 'a date, as "2026-01-31"'],
  time: [canonicalTime, 'a time, as "12:00:00"'],
  duration: [canonicalDuration, 'a duration, as "PT1H30M"'],
  uuid: [canonicalUuid, 'a UUID'],
  bytes: [(text: string) => (isBase64(text) ? text : undefined), 'base64 with padding'],
} as const;

/** Texts with one canonical form. */
export function formNode(kind: keyof typeof forms): Node {
  const [canonical, form] = forms[kind];
  return (value: unknown, walk: Walk | undefined) => {
    if (typeof value !== 'string') return refuse(walk, 'type', 'must be a string');
    return canonical(value) ?? refuse(walk, 'format', `must be ${form}`);
  };
}

/** A file stands in a part of its own, so nothing that JSON can say is one. */
export const uploadNode: Node = (_value, walk) => refuse(walk, 'type', 'must be a file');
