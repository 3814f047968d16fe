import type { Answer, Transport } from './transport.ts';

/** Where the server is and how it is reached. */
export interface HttpOptions {
  /** The base path or URL, without a slash at its end; by default `/api/mizan`. */
  url?: string;
  /** A bearer token, or what gives the current one. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** Instead of the host's `fetch`: for credentials, headers, or a line of its own. */
  fetch?: typeof fetch;
}

/** Mizan over HTTP: reads are GET, calls are POST. */
export function http({ url = '/api/mizan', token, ...options }: HttpOptions): Transport {
  let csrf: string | undefined;

  async function send(path: string, contract: string, signal: AbortSignal, body?: string): Promise<Answer> {
    const bearer = typeof token === 'function' ? await token() : token;
    const response = await (options.fetch ?? fetch)(url + path, {
      signal,
      ...(body && { method: 'POST', body }),
      headers: {
        'content-type': 'application/json',
        'x-mizan-contract': contract,
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(csrf && body && { 'x-mizan-csrf': csrf }),
      },
    });
    return {
      status: response.status,
      // An error page, or a body that was cut: there is no answer in it.
      body: await response.json().catch(() => signal.throwIfAborted()),
      header: (name) => response.headers.get(`x-mizan-${name}`),
    };
  }

  async function post(contract: string, signal: AbortSignal, text: string): Promise<Answer> {
    const answer = await send('/call/', contract, signal, text);
    const { body } = answer as { body?: { error?: { details?: { code?: string }[] } } };
    if (body?.error?.details?.[0]?.code !== 'csrf') return answer;
    // Refused as forged, so nothing ran (ERR-12): once more, with the session's token (SES-3).
    const session = await send('/session/', contract, signal);
    csrf = (session.body as { csrf?: string } | undefined)?.csrf;
    return csrf ? send('/call/', contract, signal, text) : answer;
  }

  return {
    read: (address, min, contract, signal) =>
      send(`/ctx/${address}${min && `${address.includes('?') ? '&' : '?'}$min=${min}`}`, contract, signal),
    call: (body, contract, signal) => post(contract, signal, JSON.stringify(body)),
  };
}
