import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface PageOptions extends BrowserContextOptions {
  /** Tickets that are pinned from the start. */
  pins?: number[];
  developer?: boolean;
}

/** A page in a fresh profile, and what went wrong in it. */
export interface OpenPage {
  page: Page;
  /** Errors of the page and what its console complained about. */
  complaints: string[];
}

/** Opens an address of the Helpdesk as somebody who has never been there, but for the settings given. */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<OpenPage> {
  const { pins, developer, ...rest } = options;
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...rest,
  });
  const settings = { ...(pins && { pins }), ...(developer !== undefined && { developer }) };
  await context.addInitScript((given: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(given)) {
      const key = `helpdesk.${name}`;
      if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(value));
    }
  }, settings);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${error.message}\n${error.stack}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}
