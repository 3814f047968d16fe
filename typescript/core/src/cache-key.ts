import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { encodeValue } from './address-text.ts';
import { coveringScopes } from './covering.ts';

/** A cache secret: text counts as its UTF-8 bytes. A `KeyObject` is quickest. */
export type Secret = string | Uint8Array | KeyObject;

/** Who an entry of class user belongs to. */
export interface KeyIdentity {
  id: string;
  staff: boolean;
  superuser: boolean;
}

/** What one cached answer depends on beside the address. */
export interface KeyParts {
  rev: number;
  /** The first 16 hex digits of the SHA-256 of `printContextPart`. */
  part: string;
  /** Present for class user, absent for class public. */
  identity?: KeyIdentity;
}

/** The lines under the HMAC of an entry's key and tag, joined by LF (KEY-2). ASCII, whatever the id holds. */
export function cacheKeyLines(address: string, parts: KeyParts): string {
  const lines = `mizan-key-1\n${address}\nrev=${parts.rev}\npart=${parts.part}`;
  const who = parts.identity;
  if (who === undefined) return lines;
  return `${lines}\nuser=${encodeValue(who.id)}\nstaff=${who.staff ? 1 : 0}\nsuper=${who.superuser ? 1 : 0}`;
}

/** The name of an origin cache entry: `ctx:{context}:` and the hex HMAC-SHA256 of the lines (KEY-1). */
export function cacheKey(secret: Secret, context: string, lines: string): string {
  return `ctx:${context}:${createHmac('sha256', secret).update(lines).digest('hex')}`;
}

/** The opaque part of a bundle's `ETag`, 32 hex digits over the key's lines, LF and the body's bytes (KEY-5). */
export function etag(secret: Secret, lines: string, body: string | Uint8Array): string {
  return createHmac('sha256', secret).update(`${lines}\n`).update(body).digest('hex').slice(0, 32);
}

/** The value of `X-Mizan-Identity`: 16 hex digits that change with the caller (KEY-6); null is nobody. */
export function identityHash(secret: Secret, id: string | null): string {
  const line = id === null ? '' : encodeValue(id);
  return createHmac('sha256', secret).update(`mizan-identity-1\n${line}`).digest('hex').slice(0, 16);
}

/** The `part` line's value for the text of `printContextPart` (KEY-3). */
export function partHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A scope's or instance's name in a CDN's small alphabet (KEY-7): the context in lower case, narrower ones with a hash. */
export function tag(address: string): string {
  const [scope] = coveringScopes(address).slice(-1) as [string];
  const query = scope.indexOf('?');
  if (query < 0) return scope.toLowerCase();
  const hash = createHash('sha256').update(scope).digest('hex').slice(0, 16);
  return `${scope.slice(0, query).toLowerCase()}.${hash}`;
}

/** The tags of one cached bundle: one for each scope that covers it (KEY-8). */
export function tags(address: string): string[] {
  return coveringScopes(address).map(tag);
}
