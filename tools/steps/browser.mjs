import { ensureChromium } from '../lib/chromium.mjs';
import { runVitest } from '../lib/run-vitest.mjs';

/**
 * The Helpdesk in headless Chromium, driven as a person would.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function runBrowserTests({ root, say }) {
  const chromium = await ensureChromium(say);
  return runVitest(root, { config: 'examples/browser', env: { MIZAN_CHROMIUM: chromium } });
}
