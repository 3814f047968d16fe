import { type AddressValue, formatAddress } from '@mizan/core';
import type { Definition, Params } from './definition.ts';

/**
 * The address of the instance that these parameters name, defaults filled in; with `scope` of all instances
 * that agree with them. Throws a `URIError` for text with a lone surrogate.
 */
export function addressOf(def: Definition, params?: Params, scope?: boolean): string {
  const { defaults, forms } = def.options;
  const entries: Record<string, AddressValue> = scope ? {} : { ...defaults };
  for (const key in params) {
    const value = params[key] as AddressValue;
    if (value !== undefined) entries[key] = value && forms?.[key] ? forms[key](value as string) : value;
  }
  return formatAddress(def.member ? `${def.context}/${def.member}` : def.context, entries);
}
