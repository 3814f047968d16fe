import { type JsonObject, objectOf } from './answer.ts';
import type { Client } from './client.ts';
import { attempt, place } from './data.ts';
import { answers, parseRevision } from './told.ts';

/**
 * Puts a call's result in the places that its answer names, where the copy is of the right age and nothing was
 * told that contradicts it (MRG-7). The copy is then as new as the base, and holds the merged number beside it.
 */
export function merge(client: Client, { merge: entries, result }: JsonObject, begun: number): void {
  const places: (() => void)[] = [];
  if (result === undefined || !Array.isArray(entries)) return;
  for (const entry of entries) {
    const { into, base, revision } = objectOf(entry);
    const [context = '', member = '', query = ''] = `${into}`.split(/\/|(?=\?)/);
    const copy = client.heldAt(context + query);
    const from = parseRevision(base, begun);
    const { epoch, n } = parseRevision(revision);
    if (
      copy?.base &&
      epoch &&
      from.epoch === epoch &&
      copy.epoch === epoch &&
      (copy.n >= from.n || copy.merged?.includes(from.n)) &&
      copy.n < n &&
      client.told(copy).every((told) => answers(told, from))
    )
      places.push(() => {
        const { stale } = copy;
        copy.n = Math.min(copy.n, from.n);
        copy.merged = [...(copy.merged ?? []), n];
        place(copy, { ...copy.base, [member]: result });
        copy.stale = stale;
        client.touch(copy);
      });
  }
  // All are judged by the copies as they were.
  places.forEach(attempt);
}
