import type { Generated } from './requests.ts';

/** Makes a request smaller as long as it still shows the difference: fewer keys, shorter lists, no extras. */
export async function shrink(
  request: Generated,
  shows: (smaller: Generated) => Promise<boolean>,
): Promise<Generated> {
  let best = request;
  for (let round = 0; round < 200; round++) {
    const next = await firstThatShows(candidates(best), shows);
    if (!next) return best;
    best = next;
  }
  return best;
}

async function firstThatShows(
  list: Generated[],
  shows: (smaller: Generated) => Promise<boolean>,
): Promise<Generated | undefined> {
  for (const candidate of list) if (await shows(candidate)) return candidate;
  return undefined;
}

function candidates(request: Generated): Generated[] {
  if (request.kind === 'body' || request.kind === 'plain') return [];
  const plain: Generated[] = [];
  if (request.as) plain.push({ ...request, as: '' });
  if (request.contract) plain.push({ ...request, contract: '' });
  if (request.kind === 'call') {
    if (request.shows !== undefined) {
      const { shows: _none, ...rest } = request;
      plain.push(rest);
      plain.push(...smaller(request.shows).map((shows) => ({ ...request, shows })));
    }
    plain.push(...smaller(request.args).map((args) => ({ ...request, args })));
    return plain;
  }
  const [path = '', query = ''] = request.address.split('?');
  const pieces = query.split('&').filter((piece) => piece !== '');
  for (let i = 0; i < pieces.length; i++) {
    const rest = pieces.filter((_, at) => at !== i).join('&');
    plain.push({ ...request, address: rest ? `${path}?${rest}` : path });
  }
  return plain;
}

/** The values one step smaller than a value. */
function smaller(value: unknown): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item, i) => [
      value.filter((_, at) => at !== i),
      ...smaller(item).map((less) => value.with(i, less)),
    ]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const { [key]: item, ...rest } = value as Record<string, unknown>;
    return [rest, ...smaller(item).map((less) => ({ ...value, [key]: less }))];
  });
}
