import { encodeValue } from './address-text.ts';
import { type Check, type CheckResult, compileCheck, type Types } from './check.ts';
import type { Field, Type, TypeDecl } from './contract.ts';

/** One parameter of a context, ready to go between its value and its text. */
export interface AddressParam {
  readonly name: string;
  /** What it is where an address leaves it out; undefined: it must be there. */
  readonly absent: { value: unknown; raw: string | undefined } | undefined;
  readonly nullable: boolean;
  /** Verdict on a JSON value. */
  readonly check: Check;
  /** The same without constraints: what a scope may hold. */
  readonly bareCheck: Check;
  /** The JSON value of a decoded text, undefined when it is not in the form of the type. */
  readonly fromText: (text: string) => unknown;
}

/** Kinds of type that a parameter of a context may have, beside enum (ADR-3). */
const SCALARS = new Set(['string', 'int', 'bigint', 'bool', 'date', 'datetime', 'uuid']);

const INT = /^(?:0|-?[1-9][0-9]*)$/;
const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;

/** The raw text of a checked value that is not null. */
export function rawText(value: unknown): string {
  const text = String(value);
  return UNRESERVED.test(text) ? text : encodeValue(text);
}

/** Prepares one parameter. Expects what `paramFault` finds no fault with. */
export function compileParam(field: Field, types: Types): AddressParam {
  const nullable = field.type.kind === 'nullable';
  const type = scalarOf(field.type, types) ?? field.type;
  const check = compileCheck(type, types, 'input');
  return {
    name: field.name,
    absent: whenAbsent(field, check),
    nullable,
    check,
    bareCheck: compileCheck(withoutConstraints(type), types, 'input'),
    fromText: type.kind === 'int' ? intFromText : type.kind === 'bool' ? boolFromText : asIs,
  };
}

/** The verdict on the raw value of a query: its text must be the one that the value is written as (ADR-8). */
export function readParam(param: AddressParam, raw: string): CheckResult {
  const text = decodeValue(raw);
  if (text === undefined) return wrongForm('must be percent-encoded in its one form');
  const json = param.fromText(text);
  if (json === undefined) return wrongForm('must be in the one form of its type');
  const verdict = param.check(json);
  if (!verdict.ok || String(verdict.value) === text) return verdict;
  return wrongForm(`must be in the one form of its type: ${String(verdict.value)}`);
}

function wrongForm(message: string): CheckResult {
  return { ok: false, findings: [{ path: '', code: 'format', message }] };
}

/** Whether a field must be given: not optional and without a default. */
export function isRequired(field: Field): boolean {
  return !field.optional && field.default === undefined;
}

/** Why a context may not have this parameter, or undefined (ADR-3). */
export function paramFault(field: Field, types: Types): string | undefined {
  if (scalarOf(field.type, types) === undefined)
    return 'a parameter of a context is a string, int, bigint, bool, date, datetime, uuid or enum, or one of these nullable';
  if (field.type.kind === 'nullable' && field.default !== undefined && field.default !== null)
    return 'a nullable parameter of a context has no default but null';
  return undefined;
}

/** The scalar or enum behind a type, through nullable and references; undefined for all others. */
export function scalarOf(type: Type, types: Types): Type | undefined {
  let bare = type.kind === 'nullable' ? type.of : type;
  if (bare.kind === 'ref') {
    const named = typeNamed(types, bare.name);
    if (named?.kind !== 'enum') return undefined;
    bare = named;
  }
  return bare.kind === 'enum' || SCALARS.has(bare.kind) ? bare : undefined;
}

/** The body of a named type. */
export function typeNamed(types: Types, name: string): TypeDecl['type'] | undefined {
  const decl =
    types instanceof Map ? types.get(name) : (types as readonly TypeDecl[]).find((one) => one.name === name);
  return decl?.type;
}

/** A scalar's type without its bounds: two types that agree in it are the same to scoping (INV-3). */
export function withoutConstraints(type: Type): Type {
  return type.kind === 'enum' ? type : ({ kind: type.kind } as Type);
}

function whenAbsent(field: Field, check: Check): AddressParam['absent'] {
  if (field.default !== undefined && field.default !== null) {
    const verdict = check(field.default);
    if (!verdict.ok) throw new TypeError(`the default of ${field.name} is not of its type`);
    return { value: verdict.value, raw: rawText(verdict.value) };
  }
  if (field.default === null) return { value: null, raw: undefined };
  if (field.optional) return { value: undefined, raw: undefined };
  return field.type.kind === 'nullable' ? { value: null, raw: undefined } : undefined;
}

/** Undefined unless the text is what encoding gives: escapes in upper case, only where needed, of valid UTF-8. */
function decodeValue(raw: string): string | undefined {
  if (UNRESERVED.test(raw)) return raw;
  try {
    const text = decodeURIComponent(raw);
    return encodeValue(text) === raw ? text : undefined;
  } catch {
    return undefined;
  }
}

const asIs = (text: string): unknown => text;
const intFromText = (text: string): unknown => (INT.test(text) ? Number(text) : undefined);
const boolFromText = (text: string): unknown =>
  text === 'true' ? true : text === 'false' ? false : undefined;
