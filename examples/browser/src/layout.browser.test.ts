import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './harness/open-browser.ts';
import { openPage } from './harness/open-page.ts';
import { type RunningServer, runServer } from './harness/run-server.ts';

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), runServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

interface Shift {
  value: number;
  what: string[];
}

/** Every jump of the page so far, but for those that follow a click at once. */
const shifts = (page: Page) => page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts);

async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: Shift[] = [];
    Object.assign(globalThis, { shifts: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Element | null }[];
      }[]) {
        // Half a second after a click the page may change; an answer that comes later may not.
        if (entry.hadRecentInput) continue;
        const what = entry.sources.map(({ node }) => node?.className || node?.nodeName || '?');
        seen.push({ value: entry.value, what: what.map(String) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Makes answers slow, so that what stands there meanwhile is seen. */
async function slowDown(page: Page, milliseconds: number): Promise<void> {
  await page.route('**/api/mizan/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await route.continue().catch(() => {});
  });
}

const calm = async (page: Page) => {
  await page.waitForLoadState('networkidle');
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
};

for (const [device, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
})) {
  describe(`on a ${device}`, () => {
    it('nothing jumps while the page loads over a slow line', async () => {
      const { page } = await openPage(browser, 'about:blank', { viewport });
      await watchShifts(page);
      await slowDown(page, 300);
      await page.goto(`${server.url}/tickets/300?view=all`);
      await page.getByLabel('Assignee').waitFor();
      await calm(page);
      expect(await shifts(page)).toEqual([]);
      await page.goto(server.url);
      await page.locator('a.row').first().waitFor();
      await calm(page);
      expect(await shifts(page)).toEqual([]);
      await page.context().close();
    });

    it('nothing but the new jumps while somebody works', async () => {
      const { page } = await openPage(browser, 'about:blank', { viewport });
      await watchShifts(page);
      await page.goto(`${server.url}/?view=all`);
      await page.locator('a.row').first().waitFor();
      await slowDown(page, 700);
      await page.locator('a.row').first().click();
      await page.getByLabel('Assignee').waitFor();
      await calm(page);
      await page.getByLabel('Priority').selectOption('low');
      await page.locator('.notice').waitFor();
      await calm(page);
      const jumps = await shifts(page);
      expect(
        jumps.reduce((sum, shift) => sum + shift.value, 0),
        JSON.stringify(jumps),
      ).toBeLessThan(0.001);
      await page.context().close();
    });
  });
}

it('scrolls in its panes and never sideways', async () => {
  for (const width of [320, 390, 768, 1024, 1440]) {
    const { page } = await openPage(browser, `${server.url}/tickets/300`, {
      viewport: { width, height: 800 },
    });
    await page.getByLabel('Assignee').waitFor();
    const size = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    expect(size).toEqual([width, 800]);
    await page.context().close();
  }
});
