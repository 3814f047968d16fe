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

const failure = {
  status: 500,
  contentType: 'application/json',
  body: JSON.stringify({ error: { code: 'INTERNAL', message: 'Something went wrong', id: 'x1' } }),
};

describe('when something fails', () => {
  it('one pane says so and can be tried again, the others work', async () => {
    const { page } = await openPage(browser, 'about:blank');
    await page.route('**/ctx/tickets?**', (route) => route.fulfill(failure));
    await page.goto(`${server.url}/tickets/300`);
    await page.getByLabel('Assignee').waitFor();
    const alert = page.getByRole('alert').filter({ hasText: 'The tickets could not be loaded' });
    await alert.waitFor();
    await page.unroute('**/ctx/tickets?**');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.locator('a.row').first().waitFor();
    await page.context().close();
  });

  it('a line that is down for a moment goes unnoticed', async () => {
    const { page } = await openPage(browser, 'about:blank');
    let failed = 0;
    await page.route('**/ctx/tickets?**', (route) =>
      failed++ < 2 ? route.abort('connectionrefused') : route.continue(),
    );
    await page.goto(server.url);
    await page.locator('a.row').first().waitFor();
    expect(failed).toBe(3);
    expect(await page.getByRole('alert').filter({ hasText: 'could not' }).count()).toBe(0);
    await page.context().close();
  });

  it('old data stay on screen when they cannot be refreshed, with a word about it', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/301?view=all`);
    await page.getByLabel('Assignee').waitFor();
    await page.locator('a.row').first().waitFor();
    await page.route('**/ctx/**', (route) => route.fulfill(failure));
    // An answer without the contexts: what it makes stale has to be read, and that fails.
    await page.route('**/call/', async (route) => {
      const response = await route.fetch();
      const { contexts: _, merge: __, ...rest } = await response.json();
      await route.fulfill({ response, json: rest });
    });
    await page.getByLabel('Priority').selectOption('urgent');
    const banner = page.getByRole('alert').filter({ hasText: 'This ticket could not be refreshed' });
    await banner.waitFor();
    expect(await page.locator('a.row').count()).toBe(20);
    await page.unroute('**/ctx/**');
    await banner.getByRole('button', { name: 'Try again' }).click();
    await banner.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Priority').inputValue()).toBe('urgent');
    await page.context().close();
  });

  it('a change is taken back when it was not made', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/302?view=all`);
    await page.getByLabel('Assignee').waitFor();
    const before = await page.getByLabel('Priority').inputValue();
    const other = before === 'low' ? 'high' : 'low';
    await page.route('**/call/', (route) => route.fulfill(failure));
    await page.getByLabel('Priority').selectOption(other);
    await page.locator('.notice[data-tone="failed"]').waitFor();
    await expect.poll(() => page.getByLabel('Priority').inputValue()).toBe(before);
    await page.context().close();
  });

  it('an answer that got lost leaves nobody guessing: the page shows what the server has', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/303?view=all`);
    await page.getByLabel('Assignee').waitFor();
    await page.route('**/call/', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByLabel(/^Reply to/).fill('Sent, or not?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.notice[data-tone="failed"]').waitFor();
    await page.locator('.message').getByText('Sent, or not?').waitFor();
    expect((await server.read('ticket?ticketId=303')).comments.at(-1).body).toBe('Sent, or not?');
    await page.context().close();
  });

  it('an unknown ticket and an unknown address lead back to the list', async () => {
    const { page } = await openPage(browser, `${server.url}/tickets/99999`);
    await page.getByText('There is no ticket 99999').waitFor();
    await page.getByRole('link', { name: 'To the list' }).click();
    await page.getByText('Choose a ticket').waitFor();
    await page.goto(`${server.url}/nowhere`);
    await page.getByText('This page has no such address').waitFor();
    await page.locator('a.row').first().click();
    await page.getByLabel('Assignee').waitFor();
    await page.context().close();
  });

  it('a search that finds nothing says so and offers more', async () => {
    const { page } = await openPage(browser, server.url);
    await page.locator('a.row').first().waitFor();
    await page.getByLabel('Search tickets').fill('100% _nothing_');
    await page.getByText('Nothing found').waitFor();
    await page.getByLabel('Search tickets').fill('#20');
    await page.getByText('Nothing found').waitFor();
    await page.getByRole('link', { name: 'Search all tickets' }).click();
    await page.locator('#row-20').waitFor();
    await page.context().close();
  });
});
