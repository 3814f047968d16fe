import { compareText, formatRevision, type MergeTarget, type Revision, splitAddress } from '@mizan/core';
import type { Announced } from './numbers.ts';

/** One entry of `merge` (MRG-3). */
export interface MergeEntry {
  into: string;
  base: string;
  revision: string;
}

/** The instances whose last change must be read with the number, by context. */
export function instancesOf(targets: readonly MergeTarget[]): Map<string, string[]> {
  const instances = new Map<string, string[]>();
  for (const { instance } of targets) {
    const { context } = splitAddress(instance);
    const known = instances.get(context);
    if (known === undefined) instances.set(context, [instance]);
    else known.push(instance);
  }
  return instances;
}

/**
 * The entries of one answer: only where nothing changed the instance between `first`, the numbers read before
 * the call touched data, and the number that it took (MRG-4).
 */
export function mergeEntries(
  targets: readonly MergeTarget[],
  first: ReadonlyMap<string, Revision | undefined>,
  { taken }: Announced,
): MergeEntry[] {
  const asked = instancesOf(targets);
  const entries: MergeEntry[] = [];
  for (const { into, instance } of targets) {
    const { context } = splitAddress(instance);
    const number = taken.get(context);
    const before = first.get(context);
    const previous = number?.previous[asked.get(context)?.indexOf(instance) ?? -1];
    if (number === undefined || before === undefined || previous === undefined) continue;
    if (previous.epoch !== before.epoch || previous.n > before.n) continue;
    if (number.revision.epoch !== previous.epoch) continue;
    entries.push({ into, base: formatRevision(previous), revision: formatRevision(number.revision) });
  }
  return entries.sort((a, b) => compareText(a.into, b.into));
}
