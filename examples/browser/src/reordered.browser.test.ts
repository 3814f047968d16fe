import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRandom, type Random } from '../../helpdesk-data/random.ts';
import { HeldNetwork } from './harness/held-network.ts';
import { openBrowser } from './harness/open-browser.ts';
import { openPage } from './harness/open-page.ts';
import { type RunningServer, runServer } from './harness/run-server.ts';
import { readScreen, readTruth } from './harness/screen.ts';

const firstSeed = Number(process.env.HELPDESK_SEED_FROM ?? 1);
const seeds = Number(process.env.HELPDESK_SEEDS ?? 6);
const steps = 24;

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), runServer()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const statuses = ['Open', 'Waiting', 'Closed'];

/** What the test expects of the tickets that it changed, by what it did in which order. */
type Model = Map<number, { status?: string; assignee?: string; priority?: string; replies: string[] }>;

/** Something that a person can do on the page as it is just now; undefined when that is not possible. */
type Action = (page: Page, random: Random, model: Model) => Promise<string | undefined>;

/** Clicks what is there, at once: a person does not wait for answers either. */
const act = async (page: Page, selector: string, nth: number): Promise<boolean> =>
  page.evaluate(
    ([wanted, index]) => {
      const found = [...document.querySelectorAll<HTMLElement>(wanted)];
      found[index % found.length]?.click();
      return found.length > 0;
    },
    [selector, nth] as const,
  );

/** Chooses an option of the ticket that is shown; the number of that ticket and the option. */
const choose = (page: Page, label: string, nth: number): Promise<[number, string] | undefined> =>
  page.evaluate(
    ([name, index]) => {
      const choosers = [...document.querySelectorAll('.properties .chooser')];
      const select = choosers.find((one) => one.textContent?.includes(name))?.querySelector('select');
      const option = select?.options[index % select.options.length];
      if (!select || select.disabled || !option || option.selected) return undefined;
      option.selected = true;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      const id = Number(/#(\d+)/.exec(document.querySelector('.ticket-number')?.textContent ?? '')?.[1]);
      return [id, option.text] as [number, string];
    },
    [label, nth] as const,
  );

const entry = (model: Model, id: number) => {
  const found = model.get(id) ?? { replies: [] };
  model.set(id, found);
  return found;
};

const actions: Action[] = [
  async (page, random) => ((await act(page, 'a.row', random.below(20))) ? 'open a ticket' : undefined),
  async (page, random) =>
    (await act(page, '.pin-link', random.below(2))) ? 'open a pinned ticket' : undefined,
  async (page, random) => ((await act(page, '.view', random.below(4))) ? 'change the view' : undefined),
  async (page, random) => ((await act(page, 'a.page-link', random.below(2))) ? 'turn the page' : undefined),
  async (page) => {
    // Not out of the Helpdesk.
    const inside = await page.evaluate(() => (navigation.currentEntry?.index ?? 0) > 0);
    if (!inside) return undefined;
    await page.evaluate(() => history.back());
    return 'go back';
  },
  setStatus,
  setStatus,
  setStatus,
  assign,
  setPriority,
  reply,
];

/** Those that change something on the server. */
const writeActions: Action[] = [setStatus, assign, setPriority, reply];

async function assign(page: Page, random: Random, model: Model) {
  const [id, assignee] = (await choose(page, 'Assignee', random.below(7))) ?? [];
  if (id === undefined || assignee === undefined) return undefined;
  entry(model, id).assignee = assignee;
  return `assign ${id} to ${assignee}`;
}

async function setPriority(page: Page, random: Random, model: Model) {
  const [id, priority] = (await choose(page, 'Priority', random.below(4))) ?? [];
  if (id === undefined || priority === undefined) return undefined;
  entry(model, id).priority = priority;
  return `set ${id} to ${priority}`;
}

async function setStatus(page: Page, random: Random, model: Model) {
  const status = statuses[random.below(3)] as string;
  const id = await page.evaluate((name) => {
    const button = [...document.querySelectorAll<HTMLElement>('.segment')].find(
      (one) => one.textContent === name,
    );
    if (!button || button.getAttribute('aria-pressed') === 'true') return undefined;
    button.click();
    return Number(/#(\d+)/.exec(document.querySelector('.ticket-number')?.textContent ?? '')?.[1]);
  }, status);
  if (id === undefined) return undefined;
  entry(model, id).status = status;
  return `set ${id} to ${status}`;
}

async function reply(page: Page, random: Random, model: Model) {
  const text = `Reply number ${random.below(1_000_000)}`;
  const id = await page.evaluate((body) => {
    const area = document.querySelector<HTMLTextAreaElement>('.composer textarea');
    if (!area || document.querySelector('.message[data-sending="true"]')) return undefined;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, body);
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    return Number(/#(\d+)/.exec(document.querySelector('.ticket-number')?.textContent ?? '')?.[1]);
  }, text);
  if (id === undefined) return undefined;
  entry(model, id).replies.push(text);
  return `reply to ${id}`;
}

/** Waits until the page has asked for nothing for a while. */
async function settle(network: HeldNetwork): Promise<void> {
  for (let calm = 0, asked = -1; calm < 4; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    calm = network.quiet && network.asked === asked ? calm + 1 : 0;
    asked = network.asked;
  }
}

describe('answers that are late and in the wrong order', () => {
  let lateCalls = 0;
  // A run in which no write had to wait would prove nothing.
  afterAll(() => expect(lateCalls).toBeGreaterThanOrEqual(seeds / 2));

  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    it(`end in the server's state (seed ${seed})`, async () => {
      const random = createRandom(seed);
      const network = new HeldNetwork(random);
      const { ticketPage } = await server.read('tickets?page=1');
      const pins: number[] = ticketPage.items.slice(0, 2).map((row: { id: number }) => row.id);
      const { page, complaints } = await openPage(browser, `${server.url}/tickets/${pins[0]}?view=all`, {
        pins,
      });
      onTestFinished(() => page.context().close());
      await page.getByLabel('Assignee').waitFor();
      await page.locator('a.row').first().waitFor();
      await network.attach(page);
      const model: Model = new Map();
      const story: string[] = [];

      for (let step = 0; step < steps; step++) {
        const did = await random.pick(actions)(page, random, model);
        if (did !== undefined) story.push(did);
        while (random.chance(0.35) && network.waiting > 0)
          story.push(`  answer to ${await network.passOne()}`);
        // Never all of them at once: something is always on its way.
        if (network.waiting > 8) story.push(`  answer to ${await network.passOne()}`);
      }
      // In the end several writes are under way at once, and nothing comes after them that would hide a mistake.
      await network.passWaiting();
      for (let writes = 0, tries = 0; writes < 4 && tries < 30; tries++) {
        const did = await random.pick(writeActions)(page, random, model);
        if (did === undefined) continue;
        story.push(did);
        writes++;
      }
      await network.answered();
      await network.passAll();
      await settle(network);

      const url = page.url();
      const truth = await readTruth(server, url, pins);
      // A slow machine may still be drawing; what is wrong for good stays wrong.
      await expect
        .poll(() => readScreen(page), { timeout: 3_000, message: `${url}\n${story.join('\n')}` })
        .toEqual(truth);
      // The server in turn did what the page was told to, in that order.
      for (const [id, expected] of model) {
        const { ticket, comments } = await server.read(`ticket?ticketId=${id}`);
        if (expected.status) expect(ticket.status, `status of ${id}`).toBe(expected.status.toLowerCase());
        if (expected.priority)
          expect(ticket.priority, `priority of ${id}`).toBe(expected.priority.toLowerCase());
        if (expected.assignee)
          expect(ticket.assignee?.name ?? 'Nobody', `assignee of ${id}`).toBe(expected.assignee);
        const bodies = comments.map((comment: { body: string }) => comment.body);
        expect(bodies).toEqual(expect.arrayContaining(expected.replies));
      }
      lateCalls += story.filter((line) => line.includes('answer to call')).length;
      expect(complaints.filter((line) => !line.includes('409'))).toEqual([]);
    });
  }
});
