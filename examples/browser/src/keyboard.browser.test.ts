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

/** What has the focus, as a person would say it, and whether they can see that. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const ring = (one: Element | null) => one !== null && getComputedStyle(one).outlineStyle !== 'none';
    return {
      id: element.id,
      tag: element.tagName.toLowerCase(),
      text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60),
      // A select stands in a box that has the ring for it.
      ring: ring(element) || ring(element.closest('.chooser')),
    };
  });

describe('without a mouse', () => {
  it('somebody finds a ticket, moves it on, answers it, and comes back', async () => {
    const { page } = await openPage(browser, server.url);
    const rows = page.locator('a.row');
    await rows.first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ text: 'Skip to the list', ring: true });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab'); // new ticket
    await page.keyboard.press('Tab'); // search
    await page.keyboard.press('Tab');
    const ids = await rows.evaluateAll((all) => all.map((row) => row.id));
    expect(await focused(page)).toMatchObject({ id: ids[0], ring: true });

    // One row is in the tab order; arrow keys go from one to the next.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatchObject({ id: ids[2], ring: true });
    await page.keyboard.press('End');
    expect(await focused(page)).toMatchObject({ id: ids.at(-1) });
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toMatchObject({ id: ids[0] });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const id = Number(ids[1]?.replace('row-', ''));
    await page.getByLabel('Assignee').waitFor();
    expect(page.url()).toBe(`${server.url}/tickets/${id}`);

    await page.keyboard.press('a');
    expect(await focused(page)).toMatchObject({ tag: 'select', ring: true });
    await page.getByLabel('Assignee').press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('w');
    await page.getByText(`Ticket ${id} is waiting`).first().waitFor();
    expect((await server.read(`ticket?ticketId=${id}`)).ticket.status).toBe('waiting');

    await page.keyboard.press('r');
    expect(await focused(page)).toMatchObject({ tag: 'textarea', ring: true });
    await page.keyboard.type('We look at it on Monday. r w c are letters here.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Reply sent').first().waitFor();
    expect((await server.read(`ticket?ticketId=${id}`)).comments.at(-1).body).toContain('letters here');

    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText('Choose a ticket').waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await page.context().close();
  });

  it('somebody steps through the list, searches and goes back', async () => {
    const { page } = await openPage(browser, server.url);
    const rows = page.locator('a.row');
    await rows.first().waitFor();
    const ids = await rows.evaluateAll((all) => all.map((row) => row.id.replace('row-', '')));
    await page.keyboard.press('j');
    await page.waitForURL(`${server.url}/tickets/${ids[0]}`);
    await page.keyboard.press('j');
    await page.waitForURL(`${server.url}/tickets/${ids[1]}`);
    await page.keyboard.press('k');
    await page.waitForURL(`${server.url}/tickets/${ids[0]}`);
    await page.keyboard.press('Escape');
    await page.waitForURL(`${server.url}/`);
    await expect.poll(() => focused(page)).toMatchObject({ id: `row-${ids[0]}` });

    await page.keyboard.press('/');
    await page.keyboard.type('brake');
    await page.getByRole('heading', { name: 'Found in open tickets' }).waitFor();
    await page.waitForURL(/q=brake/);
    await page.keyboard.press('Escape');
    await page.waitForURL(`${server.url}/`);
    await page.context().close();
  });

  it('shows every shortcut, and can switch them off', async () => {
    const { page } = await openPage(browser, server.url);
    await page.locator('a.row').first().waitFor();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await help.waitFor();
    expect(await help.locator('dt').count()).toBe(14);
    await help.getByLabel('Single-key shortcuts').press('Space');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    expect(page.url()).toBe(`${server.url}/`);
    expect(await page.getByRole('dialog').count()).toBe(0);
    // The button still opens the help, where they can be switched on again.
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter');
    await help.getByLabel('Single-key shortcuts').press('Space');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toMatchObject({ text: 'Keyboard shortcuts', ring: true });
    await page.keyboard.press('j');
    await page.waitForURL(/tickets/);
    await page.context().close();
  });

  it('somebody opens a ticket for a customer', async () => {
    const { page } = await openPage(browser, server.url);
    await page.locator('a.row').first().waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Customer').waitFor();
    await expect.poll(() => focused(page)).toMatchObject({ tag: 'select' });
    await page.keyboard.type('Luca');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The bell rings by itself');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Whenever I cross a bridge.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The bell rings by itself' }).waitFor();
    const id = Number(/\d+$/.exec(page.url())?.[0]);
    const { ticket } = await server.read(`ticket?ticketId=${id}`);
    expect(ticket).toMatchObject({ priority: 'high', status: 'open', requester: { name: 'Luca Moretti' } });
    await page.locator(`#row-${id}`).waitFor();
    await page.context().close();
  });
});
