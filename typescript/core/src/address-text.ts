/** An address taken apart: values still percent-encoded, in the order of the text. */
export interface AddressParts {
  context: string;
  member?: string;
  params: [key: string, rawValue: string][];
}

/** What stands for a parameter in an address before it is encoded; null and undefined are left out. */
export type AddressValue = string | number | boolean | null | undefined;

/**
 * Percent-encodes all but RFC 3986 unreserved characters, as UTF-8 in upper-case hex (ADR-5).
 * Throws a `URIError` for a lone surrogate.
 */
export function encodeValue(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%2${'1789A'["!'()*".indexOf(char)]}`);
}

/** The address of a context, or of `context/member`, with these parameters: keys sorted, null and undefined left out (ADR-1). */
export function formatAddress(context: string, entries: Record<string, AddressValue>): string {
  let text = context;
  let separator = '?';
  for (const key of Object.keys(entries).sort()) {
    const value = entries[key];
    if (value != null) {
      text += `${separator}${key}=${encodeValue(String(value))}`;
      separator = '&';
    }
  }
  return text;
}

/** Takes a well-formed address apart without decoding its values. */
export function splitAddress(text: string): AddressParts {
  const [head, query] = cut(text, '?');
  const [context, member] = cut(head as string, '/');
  const params = query ? query.split('&').map((piece) => cut(piece, '=') as [string, string]) : [];
  return member === undefined
    ? { context: context as string, params }
    : { context: context as string, member, params };
}

/**
 * Whether a change under the scope touches the instance (ADR-12): same context, the scope's parameters among
 * the instance's; members part them only when both name one. `*` covers everything.
 */
export function covers(scope: string, address: string): boolean {
  if (scope === address) return true;
  const [head, ...pieces] = scope.split(/[?&]/) as [string];
  const [other, ...params] = address.split(/[?&]/) as [string];
  return (
    head === '*' ||
    ((`${other}/`.startsWith(`${head}/`) || head.startsWith(`${other}/`)) &&
      pieces.every((piece) => params.includes(piece)))
  );
}

/** The text before and after the first separator; the second is missing when there is none. */
function cut(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
