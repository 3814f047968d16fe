import { HEADERS, type WireError } from '@mizan/core';
import { identityHash, type Secret } from '@mizan/core/hash';
import type { Failure } from './failure.ts';
import type { Identity } from './identity.ts';
import type { WireResponse } from './wire.ts';

/** A header; the constant ones are shared. */
export type Header = readonly [name: string, value: string];

export const JSON_TYPE: Header = ['Content-Type', 'application/json'];
const TEXT_TYPE: Header = ['Content-Type', 'text/plain; charset=utf-8'];
export const NO_SNIFF: Header = ['X-Content-Type-Options', 'nosniff'];
/** For whatever nobody may keep. */
export const NO_STORE: Header = ['Cache-Control', 'private, no-store'];

/** A JSON answer that nobody may keep; `more` comes after the constant headers. */
export function privateJson(status: number, body: string, ...more: Header[]): WireResponse {
  return { status, headers: [JSON_TYPE, NO_SNIFF, NO_STORE, ...more], body };
}

/** The headers of all calls that went well and made nothing stale. */
export function callHeaders(contract: Header): readonly Header[] {
  return Object.freeze([JSON_TYPE, NO_SNIFF, NO_STORE, contract]);
}

/** A text that nobody may keep. */
export function privateText(body: string): WireResponse {
  return { status: 200, headers: [TEXT_TYPE, NO_SNIFF, NO_STORE], body };
}

/** The one envelope of errors; `contract` is the server's id when the request was made under another (SKEW-3). */
export function failed(
  failure: Failure,
  contract: string | undefined,
  invalidate: readonly string[] = [],
  ...more: Header[]
): WireResponse {
  const error: WireError = contract === undefined ? failure.error : { ...failure.error, contract };
  const list = invalidate.length === 0 ? '' : `,"invalidate":${JSON.stringify(invalidate)}`;
  return privateJson(failure.status, `{"error":${JSON.stringify(error)}${list}}`, ...more);
}

/** For whom an answer of class user is (KEY-6). */
export function identityHeader(secret: Secret, who: Identity | null): Header {
  return [HEADERS.identity, identityHash(secret, who?.id ?? null)];
}
