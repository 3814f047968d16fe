import type { Answer, CallBody, Transport } from '../src/transport.ts';

/** What a test says of an answer. */
export interface Reply {
  status?: number;
  body?: unknown;
  revision?: string | null | undefined;
  identity?: string | null | undefined;
  contract?: string | null | undefined;
}

/** A request that a test answers when it likes, in any order. */
export interface Request {
  kind: 'read' | 'call';
  /** The address, or the function's name. */
  target: string;
  min: string;
  body: CallBody | undefined;
  contract: string;
  signal: AbortSignal;
  /** Not answered, not aborted. */
  open: boolean;
  answer(answer: Reply): Promise<void>;
  /** The same without waiting for what it sets off. */
  finish(answer: Reply): void;
  /** A bundle with a revision. */
  data(body: unknown, revision: string, more?: Reply): Promise<void>;
  /** The result of a call, with what it says of contexts. */
  result(result: unknown, more?: Record<string, unknown>): Promise<void>;
  error(status: number, code: string, more?: Record<string, unknown>): Promise<void>;
  /** The line breaks. */
  cut(): Promise<void>;
}

/** A line to no server: every request waits for the test. */
export class FakeTransport implements Transport {
  readonly requests: Request[] = [];

  read(address: string, min: string, contract: string, signal: AbortSignal): Promise<Answer> {
    return this.#ask({ kind: 'read', target: address, min, contract, signal, body: undefined });
  }

  call(body: CallBody, contract: string, signal: AbortSignal): Promise<Answer> {
    return this.#ask({
      kind: 'call',
      target: body.fn,
      min: '',
      contract,
      signal,
      body: JSON.parse(JSON.stringify(body)),
    });
  }

  /** Requests that nobody has answered or aborted yet. */
  get open(): Request[] {
    return this.requests.filter(({ open }) => open);
  }

  /** The newest request for an address or a function. */
  last(target: string): Request {
    const found = this.requests.findLast((request) => request.target === target);
    if (!found)
      throw new Error(`nobody asked for ${target}, but for ${this.targets().join(', ') || 'nothing'}`);
    return found;
  }

  /** What was asked for so far. */
  targets(): string[] {
    return this.requests.map(({ target }) => target);
  }

  #ask(asked: Pick<Request, 'kind' | 'target' | 'min' | 'body' | 'contract' | 'signal'>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const finish = async (task: () => void) => {
        request.open = false;
        task();
        for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
      };
      const reply = ({ revision, identity, contract, ...part }: Reply) =>
        resolve({
          status: 200,
          body: undefined,
          header: (name) => ({ revision, identity, contract })[name],
          ...part,
        });
      const answer = (part: Reply) => finish(() => reply(part));
      const request: Request = {
        ...asked,
        open: true,
        answer,
        finish: (part) => {
          request.open = false;
          reply(part);
        },
        data: (body, revision, more) => answer({ body, revision, ...more }),
        result: (result, more) => answer({ body: { result, invalidate: [], ...more } }),
        error: (status, code, more) => answer({ status, body: { error: { code, message: code, ...more } } }),
        cut: () => finish(() => reject(new TypeError('fetch failed'))),
      };
      asked.signal.addEventListener('abort', () => {
        request.open = false;
        reject(asked.signal.reason);
      });
      this.requests.push(request);
    });
  }
}
