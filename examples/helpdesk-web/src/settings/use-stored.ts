import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const cache = new Map<string, { text: string | null; value: unknown }>();

/** State that stays in this browser, and is the same in every component that asks for `name`. */
export function useStored<T>(name: string, initial: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => read(name, initial));
  const set = useCallback((next: T) => write(name, next), [name]);
  return [value, set];
}

function read<T>(name: string, initial: T): T {
  const text = getItem(name);
  const cached = cache.get(name);
  if (cached !== undefined && cached.text === text) return cached.value as T;
  const value = parse(text, initial);
  cache.set(name, { text, value });
  return value;
}

function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(`helpdesk.${name}`, JSON.stringify(value));
  } catch {
    // Private windows may keep nothing; the setting then lasts until the page is closed.
    cache.set(name, { text: null, value });
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function getItem(name: string): string | null {
  try {
    return localStorage.getItem(`helpdesk.${name}`);
  } catch {
    return null;
  }
}

function parse<T>(text: string | null, initial: T): T {
  if (text === null) return initial;
  try {
    return JSON.parse(text) as T;
  } catch {
    return initial;
  }
}
