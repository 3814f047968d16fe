import type { Browser } from 'playwright-core';
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

describe('what somebody did', () => {
  it('is still there after a reload, and after the server was stopped and started', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/310?view=all&q=a`);
    await page.getByLabel('Assignee').waitFor();
    await page.getByLabel('Assignee').selectOption('Owen Hughes');
    await page.getByText('Ticket 310 is with Owen Hughes').first().waitFor();
    await page.getByLabel(/^Reply to/).fill('Kept for ever.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Reply sent').first().waitFor();
    for (const again of [() => page.reload(), () => server.restart().then(() => page.reload())]) {
      await again();
      await page.getByLabel('Assignee').waitFor();
      expect(await page.getByLabel('Assignee').locator('option:checked').textContent()).toBe('Owen Hughes');
      await page.getByText('Kept for ever.').waitFor();
      // The address holds the rest: which list, which search, which ticket.
      await page.getByRole('heading', { name: 'Found in all tickets' }).waitFor();
      expect(await page.getByLabel('Search tickets').inputValue()).toBe('a');
    }
    await page.context().close();
  });

  it('a page that stays open goes on with a server that was restarted', async () => {
    const { page, complaints } = await openPage(browser, `${server.url}/tickets/311?view=all`);
    await page.getByLabel('Assignee').waitFor();
    await server.restart();
    // A read that fell into the restart is repeated; that the line was down is the browser's note, not the page's.
    expect(complaints.splice(0).filter((text) => !text.includes('net::ERR_'))).toEqual([]);
    // The restarted server knows no old number: its epoch is another, and the page takes its word.
    await page.getByLabel('Priority').selectOption('low');
    await page.getByText('Priority of ticket 311 is low').first().waitFor();
    await page.getByLabel('Priority').selectOption('high');
    await page.getByText('Priority of ticket 311 is high').first().waitFor();
    await expect.poll(() => page.locator('#row-311').textContent()).toContain('High');
    expect(await page.getByLabel('Priority').inputValue()).toBe('high');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('what a colleague did shows when somebody comes back to the page', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/313?view=all`);
    await page.getByLabel('Assignee').waitFor();
    await server.call('addComment', { ticketId: 313, authorId: 2, body: 'I have it on my bench.' });
    expect(await page.getByText('I have it on my bench.').count()).toBe(0);
    // Chromium may just have told the page that it came to the front; then this one counts after a pause.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('I have it on my bench.').waitFor();
    await page.context().close();
  });

  it('settings are remembered: theme, pins, desk, developer panel', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/312`, { colorScheme: 'light' });
    await page.getByLabel('Assignee').waitFor();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByLabel('You are').selectOption('Jonas Weber');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Developer panel' }).click();
    await page.getByRole('button', { name: /^Theme: system/ }).click();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.reload();
    await page.getByRole('complementary', { name: 'Developer panel' }).waitFor();
    await page.getByRole('button', { name: 'Unpin ticket 312' }).waitFor();
    expect(await page.getByLabel('You are').locator('option:checked').textContent()).toBe('Jonas Weber');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
    await page.context().close();
  });

  it('the back button goes back step by step', async () => {
    const { page } = await openPage(browser, server.url);
    await page.locator('a.row').first().waitFor();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Closed' }).click();
    await page.getByRole('link', { name: 'Older', exact: true }).click();
    await page.waitForURL(/view=closed&page=2/);
    await page.locator('.pages').getByText('Page 2 of').waitFor();
    await page.locator('a.row').first().click();
    await page.getByText('This ticket is closed.').waitFor();
    await page.goBack();
    await page.getByText('Choose a ticket').waitFor();
    await page.goBack();
    await page.locator('.pages').getByText('Page 1 of').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await page.context().close();
  });
});
