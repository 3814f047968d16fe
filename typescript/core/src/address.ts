import { type AddressParam, compileParam, rawText, readParam } from './address-param.ts';
import type { Types } from './check.ts';
import { compareText } from './compare-text.ts';
import type { ContextDecl } from './contract.ts';
import type { Finding } from './findings.ts';
import { LIMITS } from './generated/tables.ts';
import { splitQuery, unknownKey } from './query-pieces.ts';
import { trimScope } from './scope-text.ts';

/** An instance's address and its parameters as handlers see them, or what is wrong (ADR-8). */
export type InstanceResult =
  | { ok: true; address: string; values: Record<string, unknown> }
  | { ok: false; findings: Finding[] };

/** A query string read as an instance; `min` is the text of `$min` where there was one. */
export type QueryResult =
  | { ok: true; address: string; values: Record<string, unknown>; min?: string }
  | { ok: false; findings: Finding[] };

/** The addresses of one context. */
export interface ContextAddress {
  readonly context: string;
  /** Sorted by name. */
  readonly params: readonly AddressParam[];
  /** The instance that these JSON values name: defaults filled in, null and absent left out (ADR-6). */
  instance(values: Readonly<Record<string, unknown>>): InstanceResult;
  /** Reads a raw query string, without its `?`, by the protocol's own grammar (ADR-8). */
  parse(rawQuery: string): QueryResult;
  /**
   * The scope of all instances with these values; null and absent are any value (ADR-7). Throws a `TypeError`
   * for a parameter that the context lacks or a value that is not of its type.
   */
  scope(values: Readonly<Record<string, unknown>>, member?: string): string;
  /** As `scope`, but what cannot stand in the text is left out, so that the scope is broader (INV-4). */
  widestScope(values: Readonly<Record<string, unknown>>, member?: string): string;
}

/** Prepares the addresses of a context whose parameters `paramFault` finds no fault with. */
export function compileAddress(
  declaration: Pick<ContextDecl, 'name' | 'params'>,
  types: Types,
): ContextAddress {
  const params = declaration.params
    .map((field) => compileParam(field, types))
    .sort((a, b) => compareText(a.name, b.name));
  return new CompiledAddress(declaration.name, params);
}

class CompiledAddress implements ContextAddress {
  readonly context: string;
  readonly params: readonly AddressParam[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(context: string, params: readonly AddressParam[]) {
    this.context = context;
    this.params = params;
    this.#places = new Map(params.map((param, place) => [param.name, place]));
  }

  instance(given: Readonly<Record<string, unknown>>): InstanceResult {
    const builder = new InstanceBuilder(this.context);
    for (const param of this.params) {
      const value = Object.hasOwn(given, param.name) ? given[param.name] : undefined;
      if (value === undefined || (value === null && param.nullable)) builder.addAbsent(param);
      else {
        const verdict = param.check(value);
        if (verdict.ok) builder.add(param, verdict.value, rawText(verdict.value));
        else builder.refuse(param, verdict.findings);
      }
    }
    const unknown = Object.keys(given).filter((key) => !this.#places.has(key));
    for (const key of unknown.sort(compareText)) builder.findings.push(unknownKey(this.context, key));
    return builder.finish();
  }

  parse(rawQuery: string): QueryResult {
    if (rawQuery.length > LIMITS.queryBytes) return tooLong('query', rawQuery.length, LIMITS.queryBytes);
    const { given, min, faults, oddities } = splitQuery(rawQuery, this.context, this.#places);
    const builder = new InstanceBuilder(this.context);
    for (const [place, param] of this.params.entries()) {
      const raw = given[place];
      const fault = faults?.[place];
      if (fault !== undefined) builder.findings.push(fault);
      else if (raw === undefined) builder.addAbsent(param);
      else {
        const verdict = readParam(param, raw);
        if (verdict.ok) builder.add(param, verdict.value, raw);
        else builder.refuse(param, verdict.findings);
      }
    }
    if (oddities !== undefined) builder.findings.push(...oddities);
    const result = builder.finish();
    return result.ok && min !== undefined ? { ...result, min } : result;
  }

  scope(values: Readonly<Record<string, unknown>>, member?: string): string {
    for (const key of Object.keys(values))
      if (!this.#places.has(key)) throw new TypeError(`${this.context} has no parameter "${key}"`);
    return this.#scopeText(values, member, (param, finding) => {
      throw new TypeError(`${this.context}: ${param.name} ${finding?.message ?? 'is not of its type'}`);
    });
  }

  widestScope(values: Readonly<Record<string, unknown>>, member?: string): string {
    return this.#scopeText(values, member, () => {});
  }

  #scopeText(
    values: Readonly<Record<string, unknown>>,
    member: string | undefined,
    onFault: (param: AddressParam, finding: Finding | undefined) => void,
  ): string {
    let text = member === undefined ? this.context : `${this.context}/${member}`;
    let separator = '?';
    for (const param of this.params) {
      const value = Object.hasOwn(values, param.name) ? values[param.name] : undefined;
      if (value === undefined || value === null) continue;
      const verdict = param.bareCheck(value);
      if (!verdict.ok) onFault(param, verdict.findings[0]);
      else {
        text += `${separator}${param.name}=${rawText(verdict.value)}`;
        separator = '&';
      }
    }
    return trimScope(text);
  }
}

/** Collects the values and the text of one instance, or its findings. */
class InstanceBuilder {
  readonly findings: Finding[] = [];
  readonly #values: Record<string, unknown> = {};
  #address: string;
  #separator = '?';

  constructor(context: string) {
    this.#address = context;
  }

  add(param: AddressParam, value: unknown, raw: string | undefined): void {
    if (value !== undefined) this.#values[param.name] = value;
    if (raw === undefined) return;
    this.#address += `${this.#separator}${param.name}=${raw}`;
    this.#separator = '&';
  }

  addAbsent(param: AddressParam): void {
    if (param.absent !== undefined) this.add(param, param.absent.value, param.absent.raw);
    else this.findings.push({ path: `/${param.name}`, code: 'required', message: 'is required' });
  }

  refuse(param: AddressParam, findings: readonly Finding[]): void {
    for (const finding of findings) this.findings.push({ ...finding, path: `/${param.name}${finding.path}` });
  }

  finish(): InstanceResult {
    if (this.findings.length > 0) return { ok: false, findings: this.findings.slice(0, LIMITS.findings) };
    const address = this.#address;
    if (address.length > LIMITS.instanceBytes)
      return tooLong('address', address.length, LIMITS.instanceBytes);
    return { ok: true, address, values: this.#values };
  }
}

function tooLong(what: string, bytes: number, limit: number): { ok: false; findings: Finding[] } {
  const message = `the ${what} has ${bytes} bytes, at most ${limit} are allowed`;
  return { ok: false, findings: [{ path: '', code: 'maxLength', message }] };
}
