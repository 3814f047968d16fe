type Hear = (fn: string, told: string[]) => void;

const listeners = new Set<Hear>();

/** The browser's `fetch`, which tells the developer panel what the answers of calls announce. */
export const watchedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const header = response.headers.get('X-Mizan-Invalidate');
  if (listeners.size > 0 && header !== null && typeof init?.body === 'string') {
    const { fn } = JSON.parse(init.body) as { fn: string };
    // A list of quoted strings (RFC 9651); addresses contain no quotes and no backslashes.
    const told = [...header.matchAll(/"([^"]*)"/g)].map((match) => match[1] as string);
    for (const listener of listeners) listener(fn, told);
  }
  return response;
};

/** Hears what calls announce, until the returned function is called. */
export function hearAnnouncements(listener: Hear): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
