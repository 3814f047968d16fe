import { LIMITS } from './generated/tables.ts';

/** A scope of at most 1,024 bytes: a longer one leaves out its longest parameters, of equal ones the last (ADR-11). */
export function trimScope(scope: string): string {
  if (scope.length <= LIMITS.instanceBytes) return scope;
  const query = scope.indexOf('?');
  const head = scope.slice(0, query);
  const pieces = scope.slice(query + 1).split('&');
  let length = scope.length;
  while (length > LIMITS.instanceBytes) {
    let longest = 0;
    for (let at = 1; at < pieces.length; at++)
      if ((pieces[at] as string).length >= (pieces[longest] as string).length) longest = at;
    length -= (pieces[longest] as string).length + 1;
    pieces.splice(longest, 1);
  }
  return pieces.length === 0 ? head : `${head}?${pieces.join('&')}`;
}
