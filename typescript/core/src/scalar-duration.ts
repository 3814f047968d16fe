import { LIMITS } from './generated/tables.ts';
import { fractionOf } from './scalar-dates.ts';

const N = '(0|[1-9]\\d{0,13})';
const DURATION = new RegExp(
  `^(-)?P(?=[\\dT])(?:${N}D)?(?:T(?=\\d)(?:${N}H)?(?:${N}M)?(?:${N}(?:\\.(\\d{1,6}))?S)?)?$`,
);
const DAY = 86_400;

/**
 * The canonical text of a duration, or undefined (spec clause VAL-74, VAL-75): hours below 24, minutes and
 * seconds below 60, nothing that is zero, `PT0S` for none at all.
 */
export function canonicalDuration(text: string): string | undefined {
  const found = DURATION.exec(text);
  if (found === null) return undefined;
  const [, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0', digits = ''] = found;
  const fraction = fractionOf(digits);
  // Sums beyond 2^53 are inexact, and far beyond the limit.
  const total = +days * DAY + +hours * 3600 + +minutes * 60 + +seconds;
  const limit = LIMITS.durationDays * DAY;
  if (total > limit || (total === limit && fraction !== '')) return undefined;
  if (total === 0 && fraction === '') return 'PT0S';
  const [d, h, m, s] = [
    Math.floor(total / DAY),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const clock = `${part(h, 'H')}${part(m, 'M')}${s === 0 && fraction === '' ? '' : `${s}${fraction}S`}`;
  return `${sign}P${part(d, 'D')}${clock === '' ? '' : `T${clock}`}`;
}

function part(value: number, unit: string): string {
  return value === 0 ? '' : `${value}${unit}`;
}
