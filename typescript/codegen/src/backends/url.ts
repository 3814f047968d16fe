import { contractId } from '@mizan/core/hash';
import { Mend } from '../mend.ts';
import type { BackendKind } from './backend.ts';
import { readContract } from './read-contract.ts';

/** How long a running server may take to answer. */
const TIMEOUT = 10_000;

/** `backend: { url }`: a running server that answers `/contract/`. */
export const urlBackend: BackendKind = {
  key: 'url',
  value: 'the base URL of a running server',
  async load({ value }, signal) {
    const url = `${value.replace(/\/+$/, '')}/contract`;
    const text = await ask(url, signal);
    const contract = readContract(text, url);
    return { contract, id: contractId(contract), sources: {}, files: [] };
  },
};

async function ask(url: string, signal: AbortSignal): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { accept: 'text/plain' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new Mend('no server answers here', {
      where: url,
      detail: reason(error),
      mend: 'Start the server, or name another backend in mizan.config.ts: file: "contract.kdl" needs none.',
      cause: error,
    });
  }
  if (response.ok) return response.text();
  const body = (await response.text()).slice(0, 300);
  throw new Mend(`the server answered ${response.status} instead of its contract`, {
    where: url,
    detail: body,
    mend: 'A server gives its contract away in development only, or when that is switched on. Is the base path right?',
  });
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
