import { useEffect, useRef } from 'react';
import { useStored } from '../settings/use-stored.ts';
import { type ShortcutName, shortcuts } from './shortcuts.ts';

const handlers = new Map<string, () => void>();

/** Calls `run` when the key of a shortcut is pressed, as long as the component is there and `enabled`. */
export function useShortcut(name: ShortcutName, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const { key } = shortcuts[name];
    const handler = () => latest.current();
    handlers.set(key, handler);
    return () => {
      if (handlers.get(key) === handler) handlers.delete(key);
    };
  }, [name, enabled]);
}

/** Whether single keys do something. People who dictate, and their software, need to switch that off. */
export function useShortcutsEnabled(): [boolean, (enabled: boolean) => void] {
  return useStored('shortcuts', true);
}

/** Listens to the keyboard for the whole page. */
export function useShortcutListener(): void {
  const [enabled] = useShortcutsEnabled();
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null || isTyping(event.target)) return;
      const run = handlers.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [enabled]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
