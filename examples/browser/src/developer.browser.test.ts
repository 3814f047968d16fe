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

/** What the panel says of the newest write: context and outcome, in any order. */
const outcomes = (page: Page) =>
  page
    .locator('.change')
    .first()
    .locator('.change-context')
    .evaluateAll((all) => all.map((one) => (one.textContent ?? '').trim()).sort());

const openWithPanel = async (id: number, other: number) => {
  const url = `${server.url}/tickets/${id}?view=all`;
  const { page } = await openPage(browser, url, { pins: [other], developer: true });
  await page.getByLabel('Assignee').waitFor();
  await page.locator('a.row').first().waitFor();
  await page.getByRole('button', { name: `Unpin ticket ${other}` }).waitFor();
  return page;
};

describe('the developer panel', () => {
  it('lists what is on screen, with the revision that the server has', async () => {
    const page = await openWithPanel(300, 301);
    const table = page.getByRole('table');
    for (const address of [
      'summary',
      'team',
      'ticket?ticketId=300',
      'ticket?ticketId=301',
      'tickets?page=1',
    ]) {
      const row = table.getByRole('row', { name: address });
      await row.getByText('fresh').waitFor();
      const response = await fetch(`${server.url}/api/mizan/ctx/${address}`);
      expect(await row.textContent()).toContain(response.headers.get('X-Mizan-Revision'));
    }
    await page.context().close();
  });

  it('tells what came in the answer, and what stayed untouched', async () => {
    const page = await openWithPanel(302, 303);
    const waiting = page.getByRole('button', { name: 'Waiting', exact: true });
    if ((await waiting.getAttribute('aria-pressed')) === 'true') {
      // One after the other: a server with threads may run two calls in either order.
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.getByText('Ticket 302 is open').first().waitFor();
    }
    await waiting.click();
    await page.getByText('Ticket 302 is waiting').first().waitFor();
    await expect
      .poll(() => outcomes(page))
      .toEqual([
        'summary in the answer',
        'team untouched',
        'ticket?ticketId=302 in the answer',
        'ticket?ticketId=303 untouched',
        'tickets?page=1 in the answer',
      ]);
    const change = page.locator('.change').first();
    expect(await change.locator('.change-cost').textContent()).toMatch(/^1 request, \d+ ms$/);
    const announced = await change.locator('.change-told').textContent();
    expect(announced).toMatch(/summary@\S+?\.\d+tickets@\S+?\.\d+ticket\?ticketId=302@\S+?\.\d+$/);
    await page.context().close();
  });

  it('tells what had to be read again', async () => {
    const page = await openWithPanel(304, 305);
    await page.route('**/call/', async (route) => {
      const response = await route.fetch();
      const { contexts: _, ...rest } = await response.json();
      await route.fulfill({ response, json: rest });
    });
    await page.getByLabel(/^Reply to/).fill('On its way.');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => outcomes(page))
      .toEqual([
        'summary untouched',
        'team untouched',
        'ticket?ticketId=304 read again',
        'ticket?ticketId=305 untouched',
        'tickets?page=1 read again',
      ]);
    expect(await page.locator('.change-cost').first().textContent()).toMatch(/^3 requests/);
    await page.context().close();
  });

  it('flashes the regions of the page that changed, and no other', async () => {
    const page = await openWithPanel(306, 307);
    await page.getByLabel('Priority').selectOption('low');
    await page.locator('.ticket-pane[data-flash="answer"]').waitFor();
    const flashing = await page
      .locator('[data-flash]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.context).sort());
    expect(flashing).toEqual(['summary', 'ticket?ticketId=306', 'tickets']);
    await page.locator('[data-flash]').first().waitFor({ state: 'detached' });
    await page.context().close();
  });
});
