import type { Flash } from './change-log.ts';

const labels = { stale: 'stale', answer: 'fresh, in the same answer', read: 'fresh, read again' };
const duration = 1_400;
const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/** Marks the regions of the page that show a context, for a moment. `data-context` says which one a region shows. */
export const flashRegions: Flash = (address, what) => {
  const context = address.split('?', 1)[0] ?? address;
  for (const region of document.querySelectorAll<HTMLElement>('[data-context]')) {
    if (region.dataset.context !== address && region.dataset.context !== context) continue;
    clearTimeout(timers.get(region));
    region.dataset.flash = what;
    region.dataset.flashLabel = `${region.dataset.context}: ${labels[what]}`;
    timers.set(
      region,
      setTimeout(() => {
        delete region.dataset.flash;
        delete region.dataset.flashLabel;
      }, duration),
    );
  }
};
