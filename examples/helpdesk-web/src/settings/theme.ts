import { useEffect } from 'react';
import { useStored } from './use-stored.ts';

export type Theme = 'system' | 'light' | 'dark';

const order: Theme[] = ['system', 'light', 'dark'];

/** The chosen theme, and the step to the next one. `public/theme.js` reads the same setting before the first paint. */
export function useTheme(): { theme: Theme; next: Theme; step: () => void } {
  const [theme, setTheme] = useStored<Theme>('theme', 'system');
  const next = order[(order.indexOf(theme) + 1) % order.length] ?? 'system';
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return { theme, next, step: () => setTheme(next) };
}
