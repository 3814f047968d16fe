import { compareNumberTexts, type Type } from '@mizan/core';
import type { Draft } from './change.ts';

type Bound = number | string | undefined;

/** What became of the constraints of two types of one kind. */
export function diffConstraints(subject: string, prefix: string, a: Type, b: Type): Draft[] {
  const drafts: Draft[] = [];
  const old = a as unknown as Record<string, Bound>;
  const now = b as unknown as Record<string, Bound>;
  const add = (name: string, tighter: boolean, from: string, to: string) =>
    drafts.push({
      change: tighter ? 'constraint-tightened' : 'constraint-loosened',
      subject,
      detail: `${prefix}${name} ${to}, was ${from}`,
    });
  for (const name of ['min', 'minLength', 'minItems', 'max', 'maxLength', 'maxItems', 'maxSize']) {
    const order = compareBounds(old[name], now[name], name.startsWith('min') ? -1 : 1);
    if (order !== 0)
      add(name, name.startsWith('min') ? order < 0 : order > 0, show(old[name]), show(now[name]));
  }
  if (old.pattern !== now.pattern) {
    add('pattern', now.pattern !== undefined, show(old.pattern), show(now.pattern));
  }
  if (old.multipleOf !== now.multipleOf) {
    const tighter = !isMultiple(old.multipleOf, now.multipleOf);
    add('multipleOf', tighter, show(old.multipleOf), show(now.multipleOf));
  }
  if (a.kind === 'upload' && b.kind === 'upload') {
    const [from, to] = [showList(a.accept), showList(b.accept)];
    const tighter =
      b.accept !== undefined && (a.accept === undefined || a.accept.some((one) => !b.accept?.includes(one)));
    if (from !== to) add('accept', tighter, from, to);
  }
  return drafts;
}

/** Compares two bounds; one that is not there is beyond all others, to the side that `beyond` says. */
function compareBounds(a: Bound, b: Bound, beyond: 1 | -1): number {
  if (a === b) return 0;
  if (a === undefined) return beyond;
  if (b === undefined) return -beyond;
  return typeof a === 'number' ? a - Number(b) : compareNumberTexts(a, String(b));
}

/** Whether every multiple of `a` is one of `b`, as far as whole numbers tell. */
function isMultiple(a: Bound, b: Bound): boolean {
  if (b === undefined) return true;
  return typeof a === 'number' && typeof b === 'number' && a % b === 0;
}

function show(bound: Bound): string {
  return bound === undefined ? 'none' : String(bound);
}

function showList(values: readonly string[] | undefined): string {
  return values === undefined ? 'none' : [...values].sort().join(' ');
}
