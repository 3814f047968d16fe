/** Every shortcut of the page, in the order of the help. */
export const shortcuts = {
  next: { key: 'j', does: 'Next ticket', group: 'Go' },
  previous: { key: 'k', does: 'Previous ticket', group: 'Go' },
  search: { key: '/', does: 'Search', group: 'Go' },
  back: { key: 'Escape', does: 'Back to the list', group: 'Go' },
  reply: { key: 'r', does: 'Write a reply', group: 'This ticket' },
  assign: { key: 'a', does: 'Choose an assignee', group: 'This ticket' },
  open: { key: 'o', does: 'Set to open', group: 'This ticket' },
  waiting: { key: 'w', does: 'Set to waiting', group: 'This ticket' },
  closed: { key: 'c', does: 'Close', group: 'This ticket' },
  pin: { key: 'p', does: 'Pin or unpin', group: 'This ticket' },
  create: { key: 'n', does: 'New ticket', group: 'Everywhere' },
  developer: { key: 'd', does: 'Developer panel', group: 'Everywhere' },
  theme: { key: 't', does: 'Change the theme', group: 'Everywhere' },
  help: { key: '?', does: 'Show this help', group: 'Everywhere' },
} as const;

export type ShortcutName = keyof typeof shortcuts;

/** How a key is written on the page. */
export function printKey(key: string): string {
  return key === 'Escape' ? 'Esc' : key.toUpperCase();
}
