import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoBackend } from '../../../tools/lib/demo/backend.mjs';
import { backendNames } from '../../../tools/lib/demo/backend-names.mjs';
import { type RunningServer, runServer } from '../../browser/src/harness/run-server.ts';
import { createSeed } from '../../helpdesk-data/seed.ts';

const execute = promisify(execFile);
const mizan = fileURLToPath(new URL('../../../tools/mizan.mjs', import.meta.url));

/** Every backend of this checkout, or the one that HELPDESK_BACKEND names. */
const names = process.env.HELPDESK_BACKEND ? [process.env.HELPDESK_BACKEND] : backendNames();

describe('the seed', () => {
  it('is the same for the same moment, in order, and never in the future', () => {
    const seed = createSeed(new Date('2026-11-22T09:00:00Z'));
    expect(createSeed(new Date('2026-11-22T09:00:00Z'))).toEqual(seed);
    expect(seed.tickets).toHaveLength(320);
    const moments = [...seed.tickets.map((row) => row.updatedAt), ...seed.events.map((row) => row.createdAt)];
    expect(moments.every((moment) => moment < '2026-11-22T09:00:00Z')).toBe(true);
    for (const ticket of seed.tickets) {
      expect(ticket.closedAt !== null).toBe(ticket.status === 'closed');
      expect(ticket.openedAt <= ticket.updatedAt).toBe(true);
      expect(`${ticket.subject} ${ticket.body}`).not.toMatch(/[{}]/);
    }
  });
});

describe.each(names)('the Helpdesk on %s', (name) => {
  let backend: DemoBackend;
  let server: RunningServer;
  beforeAll(async () => {
    ({ backend } = (await import(`../../helpdesk-${name}/demo.mjs`)) as { backend: DemoBackend });
    await backend.install?.(() => {});
    server = await runServer(backend);
  });
  afterAll(() => server?.stop());

  async function request(path: string, init?: RequestInit) {
    const response = await fetch(`${server.url}/api/mizan/${path}`, init);
    // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects
    return { status: response.status, body: (await response.json()) as any };
  }

  const read = async (address: string) => (await request(`ctx/${address}`)).body;
  const call = (fn: string, args: object, shows: string[] = []) =>
    request('call/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ fn, args, shows }),
    });
  const scopes = (body: { invalidate: string[] }) => body.invalidate.map((entry) => entry.split('@')[0]);

  it('has the contract that every backend of the Helpdesk has', async () => {
    const committed = readFileSync(new URL('../../helpdesk-data/contract.kdl', import.meta.url), 'utf8');
    // Meant to change? Write it anew: cd examples && npx mizan contract > helpdesk-data/contract.kdl
    const config = new URL(name === 'typescript' ? '../..' : `../../helpdesk-${name}`, import.meta.url);
    const { stdout } = await execute(process.execPath, [mizan, 'contract'], {
      cwd: config,
      env: { ...process.env, ...backend.command().env, MIZAN_PYTHON: backend.command().program },
    });
    expect(stdout).toBe(committed);
  });

  describe('the page', () => {
    const page = (path: string, init?: RequestInit) => fetch(server.url + path, init);

    it('is served by name, and as index.html for addresses of its own', async () => {
      const index = await (await page('/')).text();
      const deep = await page('/tickets/12?status=open');
      expect(deep.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(deep.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(await deep.text()).toBe(index);
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(index)?.[1] as string;
      const asset = await page(script);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('content-type')).toMatch(/^text\/javascript/);
      expect(asset.headers.get('cache-control')).toMatch(/max-age=31536000.*immutable/);
    });

    it('has nothing else: no missing file, no path out of its folder, no writing', async () => {
      expect((await page('/assets/missing.js')).status).toBe(404);
      expect((await page('/..%2f..%2fpackage.json')).status).toBe(404);
      expect((await page('/tickets/12', { method: 'POST' })).status).toBe(405);
    });
  });

  describe('the list', () => {
    it('shows the last changed first, page by page, each ticket once', async () => {
      const first = (await read('tickets')).ticketPage;
      expect(first).toMatchObject({ page: 1, pageCount: 16, total: 320 });
      const ids: number[] = [];
      for (let page = 1; page <= first.pageCount; page++) {
        const { items } = (await read(`tickets?page=${page}`)).ticketPage;
        ids.push(...items.map((row: { id: number }) => row.id));
      }
      const expected = server.seed.tickets.toSorted(
        (a, b) => b.updatedAt.localeCompare(a.updatedAt) || b.id - a.id,
      );
      expect(ids).toEqual(expected.map((ticket) => ticket.id));
      expect((await read('tickets?page=17')).ticketPage).toMatchObject({
        items: [],
        page: 17,
        pageCount: 16,
      });
    });

    it('filters by status and searches number, words and names', async () => {
      const found = async (query: string) => (await read(`tickets?${query}`)).ticketPage;
      for (const status of ['open', 'waiting', 'closed'] as const) {
        const expected = server.seed.tickets.filter((ticket) => ticket.status === status).length;
        expect((await found(`status=${status}`)).total).toBe(expected);
      }
      expect((await found('search=%2320')).items.map((row: { id: number }) => row.id)).toContain(20);
      const byMara = await found('search=mara%20lindqvist');
      expect(byMara.total).toBeGreaterThan(5);
      // Signs that mean something in SQL are only signs here.
      expect((await found('search=100%20%25')).total).toBe(
        server.seed.tickets.filter((ticket) => /100 %/.test(ticket.subject + ticket.body)).length,
      );
      expect((await found('search=_____________________')).total).toBe(0);
      expect((await found('search=%27%20or%201%3D1%20--')).total).toBe(0);
    });

    it('refuses what no list has', async () => {
      expect((await request('ctx/tickets?page=0')).status).toBe(422);
      expect((await request('ctx/tickets?status=lost')).status).toBe(422);
      expect((await request(`ctx/tickets?search=${'x'.repeat(101)}`)).status).toBe(422);
    });
  });

  describe('a ticket', () => {
    it('comes with comments and history in one bundle, or not at all', async () => {
      const { ticket, comments, history } = await read('ticket?ticketId=20');
      expect(ticket).toMatchObject({ id: 20, subject: server.seed.tickets[19]?.subject });
      expect(comments).toHaveLength(server.seed.comments.filter((row) => row.ticketId === 20).length);
      expect(history).toHaveLength(server.seed.events.filter((row) => row.ticketId === 20).length);
      expect(await request('ctx/ticket?ticketId=9999')).toMatchObject({
        status: 404,
        body: { error: { code: 'NOT_FOUND', message: 'There is no ticket 9999' } },
      });
    });

    it('is closed once; then it says who closed it', async () => {
      const { id } = (await read('tickets?status=open')).ticketPage.items[0];
      const closed = await call('setStatus', { ticketId: id, status: 'closed', actorId: 2 });
      expect(closed.body.result).toMatchObject({ id, status: 'closed' });
      expect(scopes(closed.body)).toEqual(['summary', 'tickets', `ticket?ticketId=${id}`]);
      const refusal = {
        status: 409,
        body: { error: { code: 'TicketClosed', details: { closedBy: 'Tomás Ferreira' } } },
      };
      expect(await call('setStatus', { ticketId: id, status: 'closed', actorId: 3 })).toMatchObject(refusal);
      expect(await call('addComment', { ticketId: id, authorId: 3, body: 'Late' })).toMatchObject(refusal);
      expect(await call('assign', { ticketId: id, assigneeId: 3, actorId: 3 })).toMatchObject(refusal);
      const opened = await call('setStatus', { ticketId: id, status: 'open', actorId: 3 });
      expect(opened.body.result).toMatchObject({ status: 'open', closedAt: null });
      const { history } = await read(`ticket?ticketId=${id}`);
      expect(history.slice(-2)).toMatchObject([
        { kind: 'status', from: 'open', to: 'closed', actor: { id: 2 } },
        { kind: 'status', from: 'closed', to: 'open', actor: { id: 3 } },
      ]);
    });

    it('a refused change is rolled back and makes nothing stale', async () => {
      const { id, updatedAt } = (await read('tickets?status=closed')).ticketPage.items[0];
      const { body } = await call('addComment', { ticketId: id, authorId: 1, body: 'x' });
      expect(body.error.code).toBe('TicketClosed');
      expect(body).not.toHaveProperty('invalidate');
      expect((await read(`ticket?ticketId=${id}`)).ticket.updatedAt).toBe(updatedAt);
    });

    it('moves from desk to desk, with the counts', async () => {
      const { id, assignee } = (await read('tickets?status=waiting')).ticketPage.items[0];
      const to = assignee?.id === 6 ? 5 : 6;
      const { body } = await call('assign', { ticketId: id, assigneeId: to, actorId: 1 }, [
        'summary',
        'team',
        'tickets?page=1',
      ]);
      expect(body.result.assignee.id).toBe(to);
      expect(Object.keys(body.contexts)).toEqual(['summary', 'tickets?page=1']);
      const { workload } = body.contexts.summary.data;
      const desks = await read('summary');
      expect(workload).toEqual(desks.workload);
      expect((await call('assign', { ticketId: id, assigneeId: 20, actorId: 1 })).body.error.code).toBe(
        'NOT_FOUND',
      );
      expect(
        (await call('assign', { ticketId: id, assigneeId: null, actorId: 1 })).body.result.assignee,
      ).toBeNull();
      expect((await read('summary')).counts.unassigned).toBe(desks.counts.unassigned + 1);
    });

    it('is opened for a customer, and for nobody else', async () => {
      const before = (await read('summary')).counts;
      const args = { subject: 'Bell', body: 'It rings.', requesterId: 30 };
      const { body } = await call('openTicket', args);
      expect(body.result).toMatchObject({ id: 321, status: 'open', priority: 'normal', assignee: null });
      expect(scopes(body)).toEqual(['summary', 'tickets']);
      expect((await read('summary')).counts).toEqual({
        ...before,
        open: before.open + 1,
        unassigned: before.unassigned + 1,
      });
      expect((await call('openTicket', { ...args, requesterId: 2 })).body.error.code).toBe('NOT_FOUND');
      expect((await call('openTicket', { ...args, subject: '' })).status).toBe(422);
    });

    it('takes many writes at once, one after the other', async () => {
      const bodies = Array.from({ length: 20 }, (_, at) => `Reply ${at}`);
      const answers = await Promise.all(
        bodies.map((body) => call('addComment', { ticketId: 318, authorId: 1, body })),
      );
      expect(answers.map((answer) => answer.status)).toEqual(bodies.map(() => 200));
      const { comments } = await read('ticket?ticketId=318');
      const written = comments.map((comment: { body: string }) => comment.body).slice(-20);
      expect(written.toSorted()).toEqual(bodies.toSorted());
    });

    it('merges its new priority into the copy that a client holds', async () => {
      const { body } = await call('setPriority', { ticketId: 300, priority: 'low' });
      expect(body.merge).toMatchObject([{ into: 'ticket/ticket?ticketId=300' }]);
      expect(scopes(body)).toEqual(['summary', 'tickets', 'ticket/ticket?ticketId=300']);
    });
  });

  describe('the seed', () => {
    it('is written once: after a restart everything is as it was left', async () => {
      const { body } = await call('addComment', { ticketId: 317, authorId: 1, body: 'Still here.' });
      const before = await read('ticket?ticketId=317');
      await server.restart();
      expect(await read('ticket?ticketId=317')).toEqual(before);
      expect(before.comments.at(-1)).toEqual(body.result);
      expect((await read('tickets')).ticketPage.total).toBe(321);
    });
  });
});
