import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './harness/open-browser.ts';
import { openPage, type PageOptions } from './harness/open-page.ts';
import { type RunningServer, runServer } from './harness/run-server.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), runServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** What axe finds, as one line for each element. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`,
    ),
  );
}

const rows = (page: Page) => page.locator('a.row').first().waitFor();

/** Every state of the page that looks different. */
const states: Record<
  string,
  { path: string; options?: PageOptions; ready: (page: Page) => Promise<unknown> }
> = {
  list: { path: '/', ready: rows },
  'list with every status': { path: '/?view=all&page=3', ready: rows },
  'ticket with pins and developer panel': {
    path: '/tickets/300?view=all',
    options: { pins: [318, 317], developer: true },
    ready: async (page) => {
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.getByRole('button', { name: 'Waiting', exact: true }).click();
      await page.locator('.change-context').first().waitFor();
    },
  },
  'closed ticket': {
    path: '/tickets/20',
    ready: (page) => page.getByText('This ticket is closed.').waitFor(),
  },
  'no such ticket': {
    path: '/tickets/99999',
    ready: (page) => page.getByText('There is no ticket 99999').waitFor(),
  },
  'nothing found': { path: '/?q=xyzzy', ready: (page) => page.getByText('Nothing found').waitFor() },
  help: {
    path: '/',
    ready: async (page) => {
      await rows(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  'new ticket': {
    path: '/',
    ready: async (page) => {
      await rows(page);
      await page.keyboard.press('n');
      await page.getByLabel('Subject').waitFor();
    },
  },
  'list on a phone': {
    path: '/',
    options: { viewport: { width: 390, height: 844 }, pins: [318] },
    ready: rows,
  },
  'ticket on a phone': {
    path: '/tickets/300',
    options: { viewport: { width: 390, height: 844 } },
    ready: (page) => page.getByLabel('Assignee').waitFor(),
  },
};

describe('axe', () => {
  for (const [name, { path, options, ready }] of Object.entries(states)) {
    it(`finds nothing in light and dark: ${name}`, async () => {
      const { page } = await openPage(browser, server.url + path, { ...options, colorScheme: 'light' });
      await ready(page);
      expect(await findViolations(page), 'light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await findViolations(page), 'dark').toEqual([]);
      await page.context().close();
    });
  }

  it('finds what is wrong', async () => {
    const { page } = await openPage(browser, server.url);
    await rows(page);
    await page.evaluate(() => {
      for (const part of document.querySelectorAll<HTMLElement>('.row-time')) part.style.color = '#ddd';
      document.querySelector('main')?.insertAdjacentHTML('beforeend', '<button></button>');
    });
    const found = (await findViolations(page)).map((line) => line.split(':')[0]);
    expect(found).toContain('color-contrast');
    expect(found).toContain('button-name');
    await page.context().close();
  });
});

describe('for people who hear the page', () => {
  it('has landmarks, one first heading and a live region that tells of changes', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/310?view=all`);
    await page.getByLabel('Assignee').waitFor();
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('navigation', { name: 'Views' }).count()).toBe(1);
    expect(await page.getByRole('search').count()).toBe(1);
    expect(await page.locator('h1').count()).toBe(1);
    const live = page.locator('[role=status]');
    expect(await live.textContent()).toBe('');
    await page.getByLabel('Priority').selectOption('low');
    await expect.poll(() => live.textContent()).toBe('Priority of ticket 310 is low');
    await page.context().close();
  });

  it('tells of each change, also of two whose answers come at one time', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/315?view=all`);
    await page.getByLabel('Assignee').waitFor();
    const answers: (() => Promise<void>)[] = [];
    await page.route('**/call/', async (route) => {
      const response = await route.fetch();
      answers.push(() => route.fulfill({ response }));
      if (answers.length === 2) await Promise.all(answers.map((pass) => pass()));
    });
    const priority = page.getByLabel('Priority');
    await priority.selectOption((await priority.inputValue()) === 'low' ? 'high' : 'low');
    const assignee = page.getByLabel('Assignee');
    const now = await assignee.locator('option:checked').textContent();
    await assignee.selectOption(now === 'Owen Hughes' ? 'Jonas Weber' : 'Owen Hughes');
    for (const text of ['Priority of ticket 315 is', 'Ticket 315 is with'])
      for (const place of ['[role="status"]', '.notice']) await page.locator(place).getByText(text).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect.poll(() => page.locator('.notice').count()).toBe(1);
    await page.context().close();
  });

  it('stands still for those who asked for it', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/310`, { reducedMotion: 'reduce' });
    await page.getByLabel('Assignee').waitFor();
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, transitionDuration } = getComputedStyle(element);
          return animationName !== 'none' || !/^0s(, 0s)*$/.test(transitionDuration);
        }).length,
    );
    expect(moving).toBe(0);
    await page.context().close();
  });
});
