import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetworkLog } from './harness/network-log.ts';
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

async function openTickets(): Promise<number[]> {
  const { ticketPage } = await server.read('tickets?page=1&status=open');
  return ticketPage.items.map((row: { id: number }) => row.id);
}

describe('setting the status of a ticket', () => {
  it('changes list, ticket and counts in one round trip, and leaves another ticket alone', async () => {
    const [changed, other] = (await openTickets()) as [number, number];
    const { page, complaints } = await openPage(browser, `${server.url}/tickets/${changed}`, {
      pins: [other],
    });
    const network = new NetworkLog(page);
    const view = (name: string) =>
      page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
    const row = page.locator(`#row-${changed}`);
    const before = (await server.read('summary')).counts;
    await row.waitFor();
    await page.getByRole('link', { name: `#${other}` }).waitFor();
    await expect.poll(() => view('Open').textContent()).toContain(String(before.open));
    await network.take();

    await page.getByRole('group', { name: 'Status' }).getByRole('button', { name: 'Waiting' }).click();
    await row.waitFor({ state: 'detached' });
    await expect.poll(() => view('Open').textContent()).toContain(String(before.open - 1));
    await expect.poll(() => view('Waiting').textContent()).toContain(String(before.waiting + 1));
    await page.getByText('set it to').last().waitFor();
    await page.getByText(`Ticket ${changed} is waiting`).first().waitFor();

    const exchanges = await network.take();
    expect(exchanges.map((exchange) => exchange.what)).toEqual(['call setStatus']);
    const [call] = exchanges;
    expect(call?.shows.toSorted()).toEqual(
      [
        'summary',
        'team',
        'tickets?page=1&status=open',
        `ticket?ticketId=${changed}`,
        `ticket?ticketId=${other}`,
      ].toSorted(),
    );
    expect(Object.keys(call?.answer.contexts).toSorted()).toEqual(
      ['summary', 'tickets?page=1&status=open', `ticket?ticketId=${changed}`].toSorted(),
    );
    expect(call?.answer.invalidate.map((entry: string) => entry.split('@')[0])).toEqual([
      'summary',
      'tickets',
      `ticket?ticketId=${changed}`,
    ]);
    expect(network.navigations).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('reads a list again that was left behind only when it is shown again', async () => {
    const [changed] = (await openTickets()) as [number];
    const { page } = await openPage(browser, `${server.url}/tickets/${changed}?view=waiting`);
    const network = new NetworkLog(page);
    const views = page.getByRole('navigation', { name: 'Views' });
    await page.locator('a.row').first().waitFor();
    await views.getByRole('link', { name: 'Closed' }).click();
    // A list that is still being read counts as shown.
    const shows = async (status: string) => {
      const { ticketPage } = await server.read(`tickets?page=1&status=${status}`);
      await page.locator(`#row-${ticketPage.items[0].id}`).waitFor();
    };
    await shows('closed');
    await page.goBack();
    await page.getByLabel('Assignee').waitFor();
    await shows('waiting');
    // Only then has React told the store what it no longer shows.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await network.take();

    await page.getByRole('button', { name: 'Closed', exact: true }).click();
    await page.getByText(`Ticket ${changed} is closed`).first().waitFor();
    expect((await network.take()).map((exchange) => exchange.what)).toEqual(['call setStatus']);
    await views.getByRole('link', { name: 'Closed' }).click();
    await page.locator(`#row-${changed}`).waitFor();
    const reads = (await network.take()).map((exchange) => exchange.what);
    // The number that it was told goes along, so that no cache in between answers with the old list.
    expect(reads).toHaveLength(1);
    expect(reads[0]).toMatch(/^read tickets\?page=1&status=closed&\$min=/);
    await page.context().close();
  });

  it('puts the answer of a merge in its place and refreshes the lists with it', async () => {
    const [changed] = (await openTickets()) as [number];
    const { page } = await openPage(browser, `${server.url}/tickets/${changed}`);
    const network = new NetworkLog(page);
    await page.locator(`#row-${changed}`).waitFor();
    await page.getByLabel('Priority').selectOption('urgent');
    await page.locator(`#row-${changed}`).getByText('Urgent').waitFor();
    await page.getByText(`Priority of ticket ${changed} is urgent`).first().waitFor();
    const exchanges = (await network.take()).filter((exchange) => exchange.what.startsWith('call'));
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]?.answer.merge).toHaveLength(1);
    expect(exchanges[0]?.answer.merge[0].into).toBe(`ticket/ticket?ticketId=${changed}`);
    expect(await page.getByLabel('Priority').inputValue()).toBe('urgent');
    await page.context().close();
  });

  it('takes a change back that the server refuses, and says who was faster', async () => {
    const [changed] = (await openTickets()) as [number];
    const { page } = await openPage(browser, `${server.url}/tickets/${changed}`);
    await page.locator(`#row-${changed}`).waitFor();
    await server.call('setStatus', { ticketId: changed, status: 'closed', actorId: 3 });
    await page.getByLabel(/^Reply to/).fill('Are you still there?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page
      .getByText(/Priya Raman has closed this ticket \(now\)/)
      .first()
      .waitFor();
    // What is on screen was old, so all of it is read again.
    await page.getByText('This ticket is closed.').waitFor();
    await page.locator(`#row-${changed}`).waitFor({ state: 'detached' });
    expect(await page.getByText('Are you still there?').count()).toBe(0);
    await page.context().close();
  });
});
