import { useStored } from './use-stored.ts';

const none: number[] = [];
const most = 4;

/** The tickets that somebody keeps an eye on, the last pinned first. */
export function usePins(): {
  pins: number[];
  isPinned: (id: number) => boolean;
  toggle: (id: number) => void;
} {
  const [pins, setPins] = useStored<number[]>('pins', none);
  const isPinned = (id: number) => pins.includes(id);
  const toggle = (id: number) =>
    setPins(isPinned(id) ? pins.filter((pin) => pin !== id) : [id, ...pins].slice(0, most));
  return { pins, isPinned, toggle };
}
