import { splitAddress } from './address-text.ts';
import {
  type Entry,
  formatEntry,
  formatInvalidateHeader,
  normalizeScopes,
  parseEntry,
} from './invalidation.ts';
import type { Revision } from './revision.ts';

/**
 * Entries whose header value is within `budget` bytes: broader where they do not fit, never narrower (INV-12).
 * The context that takes most bytes leaves out the parameter with most values, then its members, until all
 * fit; what is still too long becomes `*`. Entries that fit come back as they are.
 */
export function fitHeader(entries: readonly string[], budget: number): string[] {
  if (formatInvalidateHeader(entries).length <= budget) return [...entries];
  const contexts = groupByContext(entries);
  let length = -2;
  for (const group of contexts.values()) length += group.bytes;
  while (length > budget) {
    const group = widest(contexts);
    if (group === undefined) return ['*'];
    length -= group.bytes;
    group.scopes = normalizeScopes(broaden(group.scopes));
    group.bytes = bytesOf(group);
    length += group.bytes;
  }
  const all = new Map<string, Revision | null>();
  for (const group of contexts.values()) for (const scope of group.scopes) all.set(scope, group.revision);
  return normalizeScopes([...all.keys()]).map((scope) =>
    formatEntry(scope, all.get(scope) as Revision | null),
  );
}

interface Group {
  context: string;
  scopes: string[];
  /** The highest of the entries' numbers; null as soon as one has none or epochs differ. */
  revision: Revision | null;
  bytes: number;
}

function groupByContext(entries: readonly string[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const text of entries) {
    const { scope, revision } = parseEntry(text) as Entry;
    const { context } = splitAddress(scope);
    const group = groups.get(context);
    if (group === undefined) groups.set(context, { context, scopes: [scope], revision, bytes: 0 });
    else {
      group.scopes.push(scope);
      group.revision = higher(group.revision, revision);
    }
  }
  for (const group of groups.values()) group.bytes = bytesOf(group);
  return groups;
}

function higher(a: Revision | null, b: Revision | null): Revision | null {
  if (a === null || b === null || a.epoch !== b.epoch) return null;
  return a.n < b.n ? b : a;
}

/** Bytes in the header: each entry with its quotes, comma and blank. */
function bytesOf(group: Group): number {
  let bytes = 0;
  for (const scope of group.scopes) bytes += formatEntry(scope, group.revision).length + 4;
  return bytes;
}

/** The group that can be broadened and takes most bytes; of equal ones the first by name. */
function widest(groups: Map<string, Group>): Group | undefined {
  let found: Group | undefined;
  for (const group of groups.values()) {
    if (group.scopes.length === 1 && group.scopes[0] === group.context) continue;
    if (found === undefined || group.bytes > found.bytes) found = group;
    else if (group.bytes === found.bytes && group.context < found.context) found = group;
  }
  return found;
}

/** One step: without the parameter that has most values (of equal ones the last by name), else without members. */
function broaden(scopes: readonly string[]): string[] {
  const values = new Map<string, Set<string>>();
  const parts = scopes.map(splitAddress);
  for (const { params } of parts) {
    for (const [key, value] of params) {
      const seen = values.get(key);
      if (seen === undefined) values.set(key, new Set([value]));
      else seen.add(value);
    }
  }
  let dropped: string | undefined;
  for (const key of [...values.keys()].sort()) {
    const size = (values.get(key) as Set<string>).size;
    if (dropped === undefined || size >= (values.get(dropped) as Set<string>).size) dropped = key;
  }
  return parts.map(({ context, member, params }) => {
    if (dropped === undefined) return context;
    const query = params.filter(([key]) => key !== dropped).map(([key, value]) => `${key}=${value}`);
    const head = member === undefined ? context : `${context}/${member}`;
    return query.length === 0 ? head : `${head}?${query.join('&')}`;
  });
}
