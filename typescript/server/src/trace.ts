import { isPromise } from './maybe.ts';

/** Wraps work in a span where the application has OpenTelemetry; otherwise only runs it. */
export interface Tracer {
  /** Whether spans go anywhere. */
  readonly active: boolean;
  span<T>(name: string, attributes: Readonly<Record<string, string>>, run: () => T): T;
}

/** The part of `@opentelemetry/api` that is used, so that its types are not needed to compile. */
interface Api {
  trace: {
    getTracer(name: string): { startActiveSpan<T>(name: string, options: object, run: (span: Span) => T): T };
    getTracerProvider(): { getDelegate?(): unknown };
  };
  ProxyTracerProvider: new () => { getDelegate(): unknown };
}

interface Span {
  end(): void;
  recordException(error: unknown): void;
  setStatus(status: { code: number }): void;
}

/** Code 2 is ERROR in OpenTelemetry. */
const ERROR = { code: 2 };

/** Requests after which it is asked again whether somebody registered a provider. */
const ASK_AGAIN = 32;

/** Looks for `@opentelemetry/api` in the background; spans begin once it is there and a provider is registered. */
export function lazyTracer(load: () => Promise<unknown> = loadApi): Tracer {
  let api: Api | undefined;
  let nothing: unknown;
  load().then(
    (found) => {
      api = found as Api;
      nothing = new api.ProxyTracerProvider().getDelegate();
    },
    () => {},
  );
  let active = false;
  let left = 0;
  return {
    // Providers are registered once, early: asking each time would cost more than most handlers.
    get active() {
      if (--left >= 0 || api === undefined) return active;
      left = ASK_AGAIN;
      active = !isIdle(api, nothing);
      return active;
    },
    span(name, attributes, run) {
      if (api === undefined) return run();
      return api.trace.getTracer('mizan').startActiveSpan(name, { attributes }, (span) => within(span, run));
    },
  };
}

/** Nobody registered a provider, so a span would be made for nothing. */
function isIdle({ trace }: Api, nothing: unknown): boolean {
  const provider = trace.getTracerProvider();
  return provider.getDelegate !== undefined && provider.getDelegate() === nothing;
}

function within<T>(span: Span, run: () => T): T {
  const fail = (error: unknown): never => {
    span.recordException(error);
    span.setStatus(ERROR);
    span.end();
    throw error;
  };
  let result: T;
  try {
    result = run();
  } catch (error) {
    return fail(error);
  }
  if (!isPromise(result)) {
    span.end();
    return result;
  }
  return result.then((value) => {
    span.end();
    return value;
  }, fail) as T;
}

/** The name is not written where bundlers would look for it: the package is optional. */
function loadApi(): Promise<unknown> {
  const name = '@opentelemetry/api';
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}
