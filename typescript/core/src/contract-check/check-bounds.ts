import type { Type } from '../contract.ts';
import { LIMITS } from '../generated/tables.ts';
import { compilePattern } from '../regexp.ts';
import { compareNumberTexts, isBigintText, isDecimalText } from '../scalar-numbers.ts';
import type { Report } from './report.ts';

/** `image/png`, `image/*`, or a file name's end such as `.pdf`. */
const accepted = /^(?:[a-z0-9!#$&^_.+-]+\/(?:\*|[a-z0-9!#$&^_.+-]+)|\.[A-Za-z0-9]+)$/;

/** Constraints of one type: each by itself, and that they leave something to allow. */
export function checkBounds(report: Report, type: Type, path: string, title: string): void {
  const say = (message: string, code: 'constraint' | 'pattern' = 'constraint') =>
    report.say(path, code, `${title}: ${message}.`);
  switch (type.kind) {
    case 'string':
      checkCounts(type.minLength, type.maxLength, 'Length', say);
      if (type.pattern !== undefined) checkPattern(type.pattern, say);
      return;
    case 'list':
    case 'map':
      checkCounts(type.minItems, type.maxItems, 'Items', say);
      return;
    case 'int':
      for (const name of ['min', 'max', 'multipleOf'] as const) {
        const bound = type[name];
        if (bound !== undefined && !Number.isSafeInteger(bound)) say(`${name} ${bound} is no int`);
      }
      if (type.multipleOf !== undefined && type.multipleOf <= 0) say('multipleOf must be more than 0');
      checkOrder(type.min, type.max, say);
      return;
    case 'float':
      for (const name of ['min', 'max'] as const) {
        const bound = type[name];
        if (bound !== undefined && !Number.isFinite(bound)) say(`${name} ${bound} is no finite number`);
      }
      checkOrder(type.min, type.max, say);
      return;
    case 'bigint':
    case 'decimal':
      checkTexts(type, say);
      return;
    case 'upload':
      if (type.maxSize !== undefined && !(Number.isSafeInteger(type.maxSize) && type.maxSize > 0)) {
        say(`maxSize ${type.maxSize} is no number of bytes`);
      }
      if (type.accept?.length === 0) say('accept is empty, so no file would be; leave it out to allow all');
      if (new Set(type.accept).size !== (type.accept?.length ?? 0)) say('accept names a type twice');
      for (const media of type.accept ?? []) {
        if (!accepted.test(media))
          say(`accept ${JSON.stringify(media)} is neither a media type such as image/* nor .pdf`);
      }
  }
}

type Say = (message: string, code?: 'constraint' | 'pattern') => void;

function checkCounts(
  min: number | undefined,
  max: number | undefined,
  what: 'Length' | 'Items',
  say: Say,
): void {
  for (const [name, count] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
      say(`${name}${what} ${count} is no count`);
  }
  if (min !== undefined && max !== undefined && min > max)
    say(`min${what} ${min} is more than max${what} ${max}`);
}

function checkOrder(min: number | undefined, max: number | undefined, say: Say): void {
  if (min !== undefined && max !== undefined && min > max) say(`min ${min} is more than max ${max}`);
}

function checkPattern(pattern: string, say: Say): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(
      `the pattern ${JSON.stringify(pattern)} is no I-Regexp (RFC 9485), which all languages read alike: ${why}`,
      'pattern',
    );
  }
}

function checkTexts(type: Extract<Type, { kind: 'bigint' | 'decimal' }>, say: Say): void {
  const isText = type.kind === 'bigint' ? isBigintText : isDecimalText;
  const { max, min } = type;
  const step = type.kind === 'decimal' ? type.multipleOf : undefined;
  let sound = true;
  for (const [name, bound] of [
    ['min', min],
    ['max', max],
    ['multipleOf', step],
  ] as const) {
    if (bound === undefined || isText(bound)) continue;
    say(
      `${name} ${JSON.stringify(bound)} is not the text of a ${type.kind}, such as ${type.kind === 'bigint' ? '"12"' : '"1.50"'}`,
    );
    sound = false;
  }
  if (!sound) return;
  if (min !== undefined && max !== undefined && compareNumberTexts(min, max) > 0)
    say(`min ${min} is more than max ${max}`);
  if (step === undefined) return;
  if (compareNumberTexts(step, '0') <= 0) say('multipleOf must be more than 0');
  if (step.replace(/\D/g, '').length > LIMITS.multipleOfDigits)
    say(`multipleOf has more than ${LIMITS.multipleOfDigits} digits`);
}
