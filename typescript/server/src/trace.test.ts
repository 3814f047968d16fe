import * as api from '@opentelemetry/api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { client, context } from './index.ts';
import { harness } from './testing/harness.ts';
import { lazyTracer } from './trace.ts';

interface Seen {
  name: string;
  attributes: object | undefined;
  ended: boolean;
  failed: boolean;
}

/** A provider that only writes down what it is told. */
function recorder(): { spans: Seen[]; provider: api.TracerProvider } {
  const spans: Seen[] = [];
  const start = (name: string, options?: api.SpanOptions) => {
    const seen: Seen = { name, attributes: options?.attributes, ended: false, failed: false };
    spans.push(seen);
    return Object.assign(
      api.trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 }),
      {
        end: () => {
          seen.ended = true;
        },
        recordException: () => {
          seen.failed = true;
        },
      },
    ) as api.Span;
  };
  const tracer = {
    startSpan: start,
    startActiveSpan: (name: string, options: api.SpanOptions, run: (span: api.Span) => unknown) =>
      run(start(name, options)),
  } as api.Tracer;
  return { spans, provider: { getTracer: () => tracer } };
}

afterEach(() => api.trace.disable());

const C = context('traced');
const functions = {
  ping: client(() => {}),
  later: client(async () => {}),
  read: client({ context: C, output: z.int() }, () => 1),
};

describe('spans', () => {
  it('are made for calls and reads once a provider is registered', async () => {
    const { spans, provider } = recorder();
    const { call, get } = harness(functions);
    await call('ping');
    api.trace.setGlobalTracerProvider(provider);
    // The package is looked for in the background, and providers now and then.
    await vi.waitFor(async () => {
      await call('ping');
      expect(spans).not.toEqual([]);
    });
    spans.length = 0;
    await call('ping');
    await call('later');
    await call('nope');
    await get('/ctx/traced');
    expect(spans).toEqual([
      { name: 'mizan.call', attributes: { 'mizan.function': 'ping' }, ended: true, failed: false },
      { name: 'mizan.call', attributes: { 'mizan.function': 'later' }, ended: true, failed: false },
      { name: 'mizan.call', attributes: { 'mizan.function': '' }, ended: true, failed: false },
      { name: 'mizan.read', attributes: { 'mizan.context': 'traced' }, ended: true, failed: false },
    ]);
  });

  it('end when the work throws, at once or later', async () => {
    const { spans, provider } = recorder();
    api.trace.setGlobalTracerProvider(provider);
    const tracer = lazyTracer(async () => api);
    await new Promise(setImmediate);
    expect(tracer.active).toBe(true);
    expect(() =>
      tracer.span('a', {}, () => {
        throw new Error('now');
      }),
    ).toThrow('now');
    await expect(tracer.span('b', {}, () => Promise.reject(new Error('later')))).rejects.toThrow('later');
    expect(spans.map(({ ended, failed }) => [ended, failed])).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  it('are not missed where the package is not installed', async () => {
    const tracer = lazyTracer(() => Promise.reject(new Error('Cannot find package')));
    await new Promise(setImmediate);
    expect(tracer.active).toBe(false);
    expect(tracer.span('a', {}, () => 7)).toBe(7);
  });
});
