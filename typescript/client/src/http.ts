import type { Answer, Transport } from './transport.ts';

/** Where the server is and how it is reached. */
export interface HttpOptions {
  /** The base path or URL, without a slash at its end; by default `/api/mizan`. */
  url?: string;
  /** A bearer token, or what gives the current one. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** Instead of the host's `fetch`. */
  fetch?: typeof fetch;
  /** Laid under every request: credentials, mode, more headers. */
  init?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };
}

/** Mizan over HTTP: reads are GET, calls are POST. */
export function http(options: HttpOptions = {}): Transport {
  const { url = '/api/mizan', token, init } = options;

  async function send(path: string, request: RequestInit, headers: Record<string, string>): Promise<Answer> {
    const bearer = typeof token === 'function' ? await token() : token;
    const response = await (options.fetch ?? fetch)(url + path, {
      ...init,
      ...request,
      headers: { ...init?.headers, ...headers, ...(bearer && { authorization: `Bearer ${bearer}` }) },
    });
    const text = await response.text();
    const header = (name: string) => response.headers.get(`x-mizan-${name}`);
    return {
      status: response.status,
      body: parse(text),
      revision: header('revision'),
      identity: header('identity'),
      contract: header('contract'),
    };
  }

  return {
    read: (address, min, contract, signal) =>
      send(
        `/ctx/${address}${min && `${address.includes('?') ? '&' : '?'}$min=${min}`}`,
        { signal },
        { 'x-mizan-contract': contract },
      ),
    call: (body, contract, signal) =>
      send(
        '/call/',
        { method: 'POST', body: JSON.stringify(body), signal },
        { 'content-type': 'application/json', 'x-mizan-contract': contract },
      ),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error page, a cut body: there is no answer in it.
    return undefined;
  }
}
