import { type AddressValue, encodeValue } from '@mizan/core';
import type { Definition, Params } from './definition.ts';

/**
 * The address of the instance that these parameters name, defaults filled in; with `scope` of all instances
 * that agree with them. Throws a `URIError` for text with a lone surrogate.
 */
export function addressOf(
  { context, member, options }: Definition,
  params?: Params,
  scope?: boolean,
): string {
  const { defaults, forms } = options;
  let text = member ? `${context}/${member}` : context;
  let mark = '?';
  for (const key of Object.keys({ ...defaults, ...params }).sort()) {
    let value = params?.[key] as AddressValue;
    if (value === undefined && !scope) value = defaults?.[key];
    if (value != null) {
      text += `${mark}${key}=${encodeValue(forms?.[key]?.(value as string) ?? (value as string))}`;
      mark = '&';
    }
  }
  return text;
}

/** An address or scope without its parameters. */
export function headOf(address: string): string {
  return address.split('?', 1)[0] as string;
}
