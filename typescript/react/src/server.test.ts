// @vitest-environment jsdom
import { PassThrough, Writable } from 'node:stream';
import { act, createElement, type ReactNode, Suspense, useState } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToReadableStream } from 'react-dom/server.edge';
import { renderToPipeableStream, renderToString } from 'react-dom/server.node';
import { prerenderToNodeStream } from 'react-dom/static.node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeTransport } from '../../client/testing/fake-transport.ts';
import { type Bench, five, setUp, user } from '../../client/testing/setup.ts';
import {
  CountContext,
  rename,
  UserContext,
  useCount,
  useUserPosts,
  useUserProfile,
  useUserProfileState,
} from '../testing/contexts.ts';
import { reactHarness } from '../testing/harness.ts';
import { MizanProvider } from './index.ts';

const { act: settle } = reactHarness;
const hostile = '</script><script>alert(1)</script><!--\u2028&amp;';

function Name(): ReactNode {
  return createElement('b', null, useUserProfile().name);
}
function Posts(): ReactNode {
  return createElement('i', null, useUserPosts().join());
}
function Status(): ReactNode {
  const { data, pending } = useUserProfileState();
  return createElement('u', null, pending ? 'loads' : data?.name);
}
function Count(): ReactNode {
  return createElement('s', null, useCount());
}
function Click(): ReactNode {
  const [count, setCount] = useState(0);
  return createElement('button', { type: 'button', onClick: () => setCount(count + 1) }, count);
}

const app = (client: Bench['client'], ...children: ReactNode[]) =>
  createElement(
    MizanProvider,
    { client },
    createElement(UserContext, { userId: 5 }, createElement(Suspense, { fallback: 'wait' }, ...children)),
    createElement(Click),
  );
const page = (client: Bench['client']) =>
  app(client, createElement(Name, { key: 1 }), createElement(Posts, { key: 2 }));

/** Runs `task` where there is no document, as on a server. */
async function onServer<T>(task: () => Promise<T> | T): Promise<T> {
  vi.stubGlobal('document', undefined);
  vi.stubGlobal('window', undefined);
  try {
    return await task();
  } finally {
    vi.unstubAllGlobals();
  }
}

/** Answers each read as soon as it comes. */
function answering(bench: Bench, name = 'Ada'): Bench {
  const read = bench.line.read.bind(bench.line);
  bench.line.read = (...asked) => {
    const answer = read(...asked);
    const request = bench.line.requests.at(-1) as FakeTransport['requests'][0];
    setImmediate(() =>
      request.answer(
        request.target.startsWith('count')
          ? { body: { count: 3 }, revision: 'c.1' }
          : { body: user(name, ['a', 'b']), revision: 'e.1', identity: 'me' },
      ),
    );
    return answer;
  };
  return bench;
}

function pipe(element: ReactNode, when: 'onShellReady' | 'onAllReady'): Promise<string> {
  return new Promise((resolve, reject) => {
    let html = '';
    const sink = new Writable({
      write(chunk, _, done) {
        html += chunk;
        done();
      },
    });
    sink.on('finish', () => resolve(html));
    const stream = renderToPipeableStream(element, { [when]: () => stream.pipe(sink), onError: reject });
  });
}

async function textOf(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream)
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text;
}

// React's own inline scripts.
// biome-ignore lint/security/noGlobalEval: as a browser would
const run = (script: string) => globalThis.eval(script);

/** Puts HTML into the document as a browser would, with its inline scripts run (they move late boundaries). */
function open(html: string): HTMLElement {
  document.body.innerHTML = `<div id="root">${html}</div>`;
  for (const script of document.querySelectorAll('script:not([type])')) {
    run(script.textContent as string);
    script.remove();
  }
  return document.getElementById('root') as HTMLElement;
}

/** Pages on screen: work that one of them leaves behind would run in the next test, which may have no window. */
const hydrated: Root[] = [];

/** Hydrates with a fresh client; nothing may be said about a mismatch. */
async function hydrate(
  html: string,
  element: (client: Bench['client']) => ReactNode = page,
  bench = setUp(),
) {
  const root = open(html);
  const recovered: unknown[] = [];
  await act(async () => {
    const onRecoverableError = (error: unknown) => recovered.push(error);
    hydrated.push(hydrateRoot(root, element(bench.client), { onRecoverableError }));
  });
  return { root, bench, recovered };
}

const errors = vi.fn();
beforeEach(() => {
  errors.mockReset();
  vi.spyOn(console, 'error').mockImplementation((...said) => {
    // Several of React's renderers side by side are this test's doing.
    if (!String(said[0]).startsWith('Detected multiple renderers')) errors(...said);
  });
});
afterEach(async () => {
  await act(async () => {
    for (const root of hydrated.splice(0)) root.unmount();
  });
  document.body.innerHTML = '';
});

describe('a page that a server rendered', () => {
  const renderers: Record<string, (element: ReactNode) => Promise<string>> = {
    'renderToPipeableStream, whole': (element) => pipe(element, 'onAllReady'),
    'renderToPipeableStream, streamed': (element) => pipe(element, 'onShellReady'),
    renderToReadableStream: async (element) => {
      const stream = await renderToReadableStream(element);
      return textOf(stream as unknown as AsyncIterable<Uint8Array>);
    },
    prerender: async (element) => {
      const { prelude } = await prerenderToNodeStream(element);
      return textOf((prelude as NodeJS.ReadableStream).pipe(new PassThrough()));
    },
  };
  for (const [name, render] of Object.entries(renderers)) {
    it(`by ${name} hydrates without a read and without a warning`, async () => {
      const server = answering(setUp(), hostile);
      const html = await onServer(() => render(page(server.client)));
      expect(server.line.targets()).toEqual([five]);
      expect(html).not.toMatch('<script>alert');
      const { root, bench, recovered } = await hydrate(html);
      expect(root.querySelector('b')?.textContent).toBe(hostile);
      expect(root.querySelector('i')?.textContent).toBe('a,b');
      expect([bench.line.targets(), recovered, errors.mock.calls]).toEqual([[], [], []]);
      await act(async () => root.querySelector('button')?.click());
      expect(root.querySelector('button')?.textContent).toBe('1');
      expect(root.querySelector('script[type="application/json"]')).toBeNull();
      expect(bench.client.identity).toBe('me');
    });
  }

  it('with what was prefetched shows it without Suspense, also to hooks of state', async () => {
    const server = answering(setUp());
    const element = (client: Bench['client']) => app(client, createElement(Status, { key: 1 }));
    const html = await onServer(async () => {
      await UserContext.read({ userId: 5 }, server);
      return renderToString(element(server.client));
    });
    expect(html).toMatch('<u>Ada</u>');
    const { root, bench, recovered } = await hydrate(html, element);
    expect(root.querySelector('u')?.textContent).toBe('Ada');
    expect([bench.line.targets(), recovered, errors.mock.calls]).toEqual([[], [], []]);
  });

  it('shows what it waits for where nothing was prefetched, and reads in the browser', async () => {
    const server = setUp();
    const element = (client: Bench['client']) => app(client, createElement(Status, { key: 1 }));
    const html = await onServer(() => renderToString(element(server.client)));
    expect(html).toMatch('<u>loads</u>');
    const { root, bench, recovered } = await hydrate(html, element, answering(setUp()));
    await settle(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(root.querySelector('u')?.textContent).toBe('Ada');
    expect([bench.line.targets(), recovered, errors.mock.calls]).toEqual([[five], [], []]);
  });

  it('is read again when the browser was told of something newer', async () => {
    const server = answering(setUp());
    const html = await onServer(() => pipe(page(server.client), 'onAllReady'));
    const bench = setUp();
    const { root } = await hydrate(html, page, bench);
    await settle(async () => {
      void rename.safe({ userId: 5, name: 'Eve' }, bench);
      await bench.line.last('rename').result(null, { invalidate: ['user?userId=5@e.2'] });
      await bench.line.last(five).data(user('Eve'), 'e.2');
    });
    expect(root.querySelector('b')?.textContent).toBe('Eve');
  });

  it('keeps what one reader missed for the browser to try again', async () => {
    const server = setUp();
    const bad = (client: Bench['client']) => app(client, createElement(Name, { key: 1 }));
    const html = await onServer(
      () =>
        new Promise<string>((resolve) => {
          let text = '';
          const sink = new Writable({
            write(chunk, _, done) {
              text += chunk;
              done();
            },
          }).on('finish', () => resolve(text));
          const stream = renderToPipeableStream(bad(server.client), {
            onAllReady: () => stream.pipe(sink),
            onError: () => {},
          });
          setImmediate(() => server.line.last(five).error(403, 'FORBIDDEN'));
        }),
    );
    expect(html).toMatch('wait');
    const { root, bench } = await hydrate(html, bad, answering(setUp()));
    await settle(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(root.querySelector('b')?.textContent).toBe('Ada');
    expect(bench.line.targets()).toEqual([five]);
  });

  it('that still streams is not read beside: what is late comes with the page', async () => {
    const server = setUp();
    const element = (client: Bench['client']) =>
      // A boundary at the root would hold the shell back.
      createElement(
        'main',
        null,
        createElement(
          MizanProvider,
          { client },
          createElement(
            Suspense,
            { fallback: 'wait' },
            createElement(CountContext, null, createElement(Count)),
          ),
        ),
      );
    const chunks: string[] = [];
    await onServer(
      () =>
        new Promise<void>((resolve, reject) => {
          const sink = new Writable({
            write(chunk, _, done) {
              if (chunks.push(`${chunk}`) === 1)
                void server.line.last('count').answer({ body: { count: 3 }, revision: 'c.1' });
              done();
            },
          }).on('finish', resolve);
          const stream = renderToPipeableStream(element(server.client), {
            onShellReady: () => stream.pipe(sink),
            onError: reject,
          });
        }),
    );
    const [shell = '', ...late] = chunks;
    const rest = late.join('');
    expect(shell).not.toMatch('mizan-data');
    expect(rest).toMatch('mizan-data');
    const bench = setUp();
    const state = vi.spyOn(document, 'readyState', 'get').mockReturnValue('loading');
    const { root, recovered } = await hydrate(shell, element, bench);
    expect(bench.line.targets()).toEqual([]);
    await settle(() => {
      const arrived = document.createElement('div');
      arrived.innerHTML = rest;
      const scripts = [...arrived.querySelectorAll('script:not([type])')];
      root.append(...arrived.childNodes);
      for (const script of scripts) run(script.textContent as string);
      state.mockRestore();
      document.dispatchEvent(new Event('DOMContentLoaded'));
    });
    await settle(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(root.querySelector('s')?.textContent).toBe('3');
    expect([bench.line.targets(), recovered, errors.mock.calls]).toEqual([[], [], []]);
  });
});

describe('on a server', () => {
  it('each render has a client of its own, and forgetting it is an error that says so', async () => {
    const html = () => renderToString(createElement(UserContext, { userId: 5 }, createElement(Name)));
    await expect(onServer(html)).rejects.toThrow('MizanProvider');
  });

  it('nothing is kept between two clients', async () => {
    const [one, two] = [answering(setUp(), 'One'), answering(setUp(), 'Two')];
    const [first, second] = await onServer(() =>
      Promise.all([pipe(page(one.client), 'onAllReady'), pipe(page(two.client), 'onAllReady')]),
    );
    expect(first).toMatch('<b>One</b>');
    expect(second).toMatch('<b>Two</b>');
    expect(second).not.toMatch('One');
  });
});
