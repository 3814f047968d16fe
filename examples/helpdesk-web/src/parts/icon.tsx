const paths = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm5 12 4 4',
  pin: 'M12 17v4M8 4h8l-1 6 3 3H6l3-3-1-6Z',
  plus: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  close: 'M6 6l12 12M18 6 6 18',
  keyboard: 'M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M18 11h.01M8 15h8',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
  light:
    'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5',
  dark: 'M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5Z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  reply: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  comment: 'M4 5h16v11H9l-5 4z',
  retry: 'M4 12a8 8 0 1 0 3-6.2M4 4v5h5',
  tray: 'M4 13 7 5h10l3 8v6H4zM4 13h5a3 3 0 0 0 6 0h5',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing that says nothing by itself: its button or link has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
