import { encodeValue } from '@mizan/core';

/**
 * The query as the client wrote it, from one that went through `URLSearchParams`: Next hands out nothing else
 * (`+` for a blank, `%7E` for `~`, `%24min` for `$min`). Other spellings of a value cannot be told apart then.
 */
export function restoreQuery(query: string): string {
  return query === '' ? query : query.split('&').map(restorePiece).join('&');
}

function restorePiece(piece: string): string {
  const at = piece.indexOf('=');
  if (at < 0) return piece;
  const key = decode(piece.slice(0, at));
  const value = decode(piece.slice(at + 1));
  if (key === undefined || value === undefined) return piece;
  // The only key that is not a name; its value is written unescaped.
  if (key === '$min') return `$min=${value}`;
  return `${piece.slice(0, at)}=${encodeValue(value)}`;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
