/** Canonical forms of uuid and bytes (spec clauses VAL-80, VAL-81). */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const OUTSIDE_BASE64 = /[^A-Za-z0-9+/]/;
/** Last characters whose unused two, or four, bits are zero. */
const FOUR_BITS_USED = 'AEIMQUYcgkosw048';
const TWO_BITS_USED = 'AQgw';

/** A UUID of any version in lower case, or undefined. */
export function canonicalUuid(text: string): string | undefined {
  return UUID.test(text) ? text.toLowerCase() : undefined;
}

/** Whether a text is base64, padded, with nothing but zeros in its unused bits. */
export function isBase64(text: string): boolean {
  const { length } = text;
  if (length % 4 !== 0) return false;
  if (length === 0) return true;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (OUTSIDE_BASE64.test(padding === 0 ? text : text.slice(0, length - padding))) return false;
  if (padding === 0) return true;
  return (padding === 1 ? FOUR_BITS_USED : TWO_BITS_USED).includes(text.charAt(length - padding - 1));
}
