import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './harness/open-browser.ts';
import { openPage } from './harness/open-page.ts';
import { type Copy, copyExample } from './harness/renamed-copy.ts';
import { runServer } from './harness/run-server.ts';

const client = new URL('../../helpdesk-web/src/mizan/contract.ts', import.meta.url);
const contract = /'([0-9a-f]{16})'/.exec(readFileSync(client, 'utf8'))?.[1] ?? '';

let browser: Browser;
const copies: Copy[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const copy of copies) copy.remove();
});

async function makeCopy(...change: Parameters<typeof copyExample>): Promise<Copy> {
  const copy = await copyExample(...change);
  copies.push(copy);
  return copy;
}

/** Opens a ticket, lets the server be replaced by a newer one, and changes the ticket from the old page. */
async function meetNewServer(copy: Copy, check: (page: Page, complaints: string[]) => Promise<void>) {
  const server = await runServer();
  try {
    const { page, complaints } = await openPage(browser, `${server.url}/tickets/300?view=all`);
    await page.getByLabel('Assignee').waitFor();
    await server.restart(copy.backend);
    expect(await page.getByText('was updated while this page was open').count()).toBe(0);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('button', { name: 'Waiting', exact: true }).click();
    const offer = page.getByRole('alert').filter({ hasText: 'was updated while this page was open' });
    await offer.waitFor();
    await check(page, complaints);
    const reloaded = page.waitForEvent('load');
    await offer.getByRole('button', { name: 'Reload' }).click();
    await reloaded;
    await page.context().close();
  } finally {
    await server.stop();
  }
}

describe('an old page that meets a new server', () => {
  it('offers to reload, and works on as far as it can', async () => {
    await meetNewServer(await makeCopy({ renamed: true }), async (page, complaints) => {
      await page.getByText('Ticket 300 is waiting').first().waitFor();
      expect(await page.locator('.message').count()).toBeGreaterThan(0);
      expect(complaints.filter((line) => !/Failed to load resource/.test(line))).toEqual([]);
    });
  });

  it('is told so where the server keeps released contracts: nothing runs that it would misread', async () => {
    const changed = { [contract]: { changed: ['setStatus'] } };
    const copy = await makeCopy({ renamed: true, contracts: changed });
    await meetNewServer(copy, async (page) => {
      await page.locator('.notice[data-tone="failed"]').waitFor();
      const answer = await page.evaluate(async (own) => {
        const headers = { 'Content-Type': 'application/json', 'X-Mizan-Contract': own };
        const body = JSON.stringify({ fn: 'setStatus', args: { ticketId: 300, status: 'open', actorId: 1 } });
        return (await fetch('/api/mizan/call/', { method: 'POST', headers, body })).json();
      }, contract);
      expect(answer.error.code).toBe('CONTRACT_MISMATCH');
    });
  });
});
