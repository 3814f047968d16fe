import type { Interface } from 'node:readline';
import type { Writable } from 'node:stream';
import { within } from '../deadline.ts';
import type { Around, CallBody, Driver, HttpRequest, Outcome } from '../outcome.ts';
import { statusOf } from '../tables.ts';

type Frame = Record<string, unknown>;

/** Speaks the protocol's frames as JSON lines, one frame a line (FRM). */
export class IpcDriver implements Driver {
  readonly transport = 'ipc' as const;
  readonly #out: Writable;
  readonly #waiting = new Map<string, (frame: Frame) => void>();
  #last = 0;
  #identity = '';
  #contract = '';

  constructor(lines: Interface, output: Writable) {
    this.#out = output;
    lines.on('line', (line) => this.#receive(line));
  }

  call(body: CallBody, around: Around = {}): Promise<Outcome> {
    return this.#exchange({ op: 'call', ...body, id: undefined }, around);
  }

  fetch(address: string, around: Around & { min?: string } = {}): Promise<Outcome> {
    return this.#exchange({ op: 'fetch', address, min: around.min }, around);
  }

  request(_request: HttpRequest): Promise<Outcome> {
    throw new Error('a case with plain HTTP requests was run over ipc');
  }

  raw(): Promise<string> {
    throw new Error('a case with raw bytes was run over ipc');
  }

  async close(): Promise<void> {}

  async #exchange(frame: Frame, around: Around): Promise<Outcome> {
    this.#become(around.as ?? '', around.contract ?? '');
    const id = String(++this.#last);
    const sent = JSON.stringify({ ...frame, id });
    const answer = new Promise<Frame>((resolve) => this.#waiting.set(id, resolve));
    this.#out.write(`${sent}\n`);
    const { id: _id, ok, ...body } = await within(`frame ${sent.slice(0, 200)}`, answer);
    const status = ok === true ? 200 : statusOf((body.error as { code?: string } | undefined)?.code);
    return {
      transport: 'ipc',
      status,
      headers: {},
      text: JSON.stringify(body),
      body: frame.op === 'fetch' && ok === true ? body.data : body,
      curl: `echo ${JSON.stringify(sent)} # as one frame`,
    };
  }

  /** Identity and contract belong to the connection: they are told when they change. */
  #become(identity: string, contract: string): void {
    if (identity === this.#identity && contract === this.#contract) return;
    this.#identity = identity;
    this.#contract = contract;
    this.#out.write(`${JSON.stringify({ op: 'auth', token: identity, contract })}\n`);
  }

  #receive(line: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(line) as Frame;
    } catch {
      return;
    }
    const id = String(frame.id);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.(frame);
  }
}
