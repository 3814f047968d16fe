import { compareText, type Field, type Json, type Type, type TypeDecl } from '@mizan/core';
import { describeType, sameType } from '@mizan/core/contract-check';
import type { Draft } from './change.ts';
import { diffConstraints } from './diff-constraints.ts';
import { findRename } from './find-rename.ts';
import { matchArms } from './match-arms.ts';

/** Differences at one place, and the pairs of named types that it refers to. */
export interface Compared {
  drafts: Draft[];
  inner: Set<Compared>;
}

type Body = Type | TypeDecl['type'];
type Resolved = { name: string | undefined; body: Body };

/** Compares types of two contracts by what travels. A pair of named types is compared once. */
export class TypeDiff {
  readonly #old: ReadonlyMap<string, TypeDecl>;
  readonly #now: ReadonlyMap<string, TypeDecl>;
  readonly #pairs = new Map<string, Compared>();

  constructor(old: readonly TypeDecl[], now: readonly TypeDecl[]) {
    this.#old = new Map(old.map((type) => [type.name, type]));
    this.#now = new Map(now.map((type) => [type.name, type]));
  }

  /** All differences that a place reaches, through any number of names. */
  reached(compared: Compared): Draft[] {
    const seen = new Set([compared]);
    const drafts: Draft[] = [];
    for (const one of seen) {
      drafts.push(...one.drafts);
      for (const inner of one.inner) seen.add(inner);
    }
    return drafts;
  }

  /** Compares fields of a struct, an input or an error. */
  fields(owner: string, old: readonly Field[], now: readonly Field[], into = empty()): Compared {
    const before = new Map(old.map((field) => [field.name, field]));
    const after = new Map(now.map((field) => [field.name, field]));
    const gained = now.filter((field) => !before.has(field.name));
    for (const field of now) {
      const earlier = before.get(field.name);
      if (earlier !== undefined) this.#field(`${owner}.${field.name}`, earlier, field, into);
    }
    for (const field of gained) {
      const change = isRequired(field) ? 'field-added-required' : 'field-added';
      into.drafts.push({ change, subject: `${owner}.${field.name}`, detail: addedDetail(field) });
    }
    for (const field of old) {
      if (after.has(field.name)) continue;
      const change = mayBeAbsent(field) ? 'field-removed-optional' : 'field-removed';
      const subject = `${owner}.${field.name}`;
      const rename = findRename(field, gained, (a, b) => sameType(a.type, b.type));
      into.drafts.push({
        change,
        subject,
        detail: 'removed',
        ...(rename && { hint: `${subject} is now ${owner}.${rename.name}?` }),
      });
    }
    return into;
  }

  /** Compares two types at one place. */
  type(subject: string, old: Type, now: Type, prefix = '', into = empty()): Compared {
    let [a, b] = [old, now];
    if (a.kind === 'nullable' && b.kind !== 'nullable') {
      into.drafts.push({ change: 'nullable-removed', subject, detail: `${prefix}may no longer be null` });
    } else if (a.kind !== 'nullable' && b.kind === 'nullable') {
      into.drafts.push({ change: 'nullable-added', subject, detail: `${prefix}may be null now` });
    }
    if (a.kind === 'nullable') a = a.of;
    if (b.kind === 'nullable') b = b.of;
    const left = resolve(a, this.#old);
    const right = resolve(b, this.#now);
    if (left.name === undefined && right.name === undefined) {
      this.#bodies(subject, prefix, left, right, into);
    } else this.#named(subject, prefix, left, right, into);
    return into;
  }

  #field(subject: string, old: Field, now: Field, into: Compared): void {
    this.type(subject, old.type, now.type, '', into);
    const change = presence(old, now);
    if (change !== undefined) {
      into.drafts.push({ change, subject, detail: presenceDetail(now) });
    } else if (showDefault(old.default) !== showDefault(now.default)) {
      const detail = `default ${showDefault(now.default)}, was ${showDefault(old.default)}`;
      into.drafts.push({ change: 'default-changed', subject, detail });
    }
    addDocs(subject, old, now, into.drafts);
  }

  /** Two types of which at least one has a name. */
  #named(subject: string, prefix: string, old: Resolved, now: Resolved, into: Compared): void {
    const renamed = old.name !== now.name;
    // A type that is still there, or was there before, is another type at this place and not a new name.
    const swapped = this.#now.has(old.name ?? '') || this.#old.has(now.name ?? '');
    if (renamed && old.body.kind === now.body.kind) {
      const from = old.name === undefined ? 'had no name' : `was ${old.name}`;
      const to = now.name === undefined ? 'has no name' : `is ${now.name}`;
      const place = swapped ? subject : (old.name ?? subject);
      into.drafts.push({
        change: 'type-renamed',
        subject: place,
        detail: `${place === subject ? prefix : ''}${from}, ${to}`,
      });
    }
    if (old.name === undefined || now.name === undefined) {
      this.#bodies(subject, prefix, old, now, into);
      return;
    }
    const key = `${old.name} ${now.name}`;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = empty();
      this.#pairs.set(key, pair);
      const [a, b] = [this.#old.get(old.name), this.#now.get(now.name)];
      if (a !== undefined && b !== undefined && !(renamed && swapped)) addDocs(old.name, a, b, pair.drafts);
      this.#bodies(old.name, '', old, now, pair);
    }
    into.inner.add(pair);
  }

  #bodies(subject: string, prefix: string, old: Resolved, now: Resolved, into: Compared): void {
    const [a, b] = [old.body, now.body];
    if (a.kind === 'struct' && b.kind === 'struct') this.fields(subject, a.fields, b.fields, into);
    else if (a.kind === 'enum' && b.kind === 'enum') diffEnum(subject, prefix, a.values, b.values, into);
    else if (a.kind === 'union' || b.kind === 'union') this.#union(subject, prefix, old, now, into);
    else if (a.kind === 'list' && b.kind === 'list') {
      into.drafts.push(...diffConstraints(subject, prefix, a, b));
      this.type(subject, a.items, b.items, `${prefix}items: `, into);
    } else if (a.kind === 'map' && b.kind === 'map') {
      into.drafts.push(...diffConstraints(subject, prefix, a, b));
      this.type(subject, a.values, b.values, `${prefix}values: `, into);
    } else if (a.kind === b.kind) into.drafts.push(...diffConstraints(subject, prefix, a as Type, b as Type));
    else this.#kinds(subject, prefix, a, b, into);
  }

  #kinds(subject: string, prefix: string, a: Body, b: Body, into: Compared): void {
    const kinds = `${a.kind} ${b.kind}`;
    const change =
      kinds === 'int float'
        ? 'number-widened'
        : kinds === 'float int'
          ? 'number-narrowed'
          : kinds === 'enum string'
            ? 'enum-opened'
            : kinds === 'string enum'
              ? 'enum-closed'
              : 'type-changed';
    into.drafts.push({ change, subject, detail: `${prefix}was ${describeBody(a)}, is ${describeBody(b)}` });
    const bounds = boundsAcross(a, b);
    if (bounds !== undefined) into.drafts.push(...diffConstraints(subject, prefix, ...bounds));
  }

  #union(subject: string, prefix: string, old: Resolved, now: Resolved, into: Compared): void {
    const [a, b] = [old.body, now.body];
    const tags = [a.kind === 'union' ? a.tag : undefined, b.kind === 'union' ? b.tag : undefined] as const;
    if (a.kind === 'union' && b.kind === 'union' && tags[0] !== tags[1]) {
      const detail = `${prefix}tag ${tags[1] ?? 'none'}, was ${tags[0] ?? 'none'}`;
      into.drafts.push({ change: 'tag-changed', subject, detail });
    }
    const { added, pairs, removed } = matchArms(armsOf(old), armsOf(now), tags, this.#old, this.#now);
    for (const arm of added) {
      into.drafts.push({ change: 'arm-added', subject, detail: `${prefix}may be ${describeType(arm)} now` });
    }
    for (const arm of removed) {
      const detail = `${prefix}may no longer be ${describeType(arm)}`;
      into.drafts.push({ change: 'arm-removed', subject, detail });
    }
    for (const [old, now] of pairs) this.type(subject, old, now, prefix, into);
  }
}

/** Documentation and deprecation, which no hash holds. */
export function addDocs(
  subject: string,
  old: { doc?: string; deprecated?: string },
  now: { doc?: string; deprecated?: string },
  drafts: Draft[],
): void {
  if ((old.doc ?? '') !== (now.doc ?? '')) {
    const detail = old.doc ? (now.doc ? 'documented otherwise' : 'no longer documented') : 'documented now';
    drafts.push({ change: 'doc-changed', subject, detail });
  }
  if (old.deprecated !== now.deprecated) {
    const detail =
      old.deprecated === undefined
        ? 'deprecated now'
        : now.deprecated === undefined
          ? 'no longer deprecated'
          : 'deprecated for another reason';
    drafts.push({ change: 'deprecated-changed', subject, detail });
  }
}

/** A default as it is shown in details. */
export function showDefault(value: Json | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

function empty(): Compared {
  return { drafts: [], inner: new Set() };
}

function resolve(type: Type, types: ReadonlyMap<string, TypeDecl>): Resolved {
  const decl = type.kind === 'ref' ? types.get(type.name) : undefined;
  return decl === undefined ? { name: undefined, body: type } : { name: decl.name, body: decl.type };
}

function isRequired(field: Field): boolean {
  return !field.optional && field.default === undefined;
}

function mayBeAbsent(field: Field): boolean {
  return field.optional && field.default === undefined;
}

function presence(old: Field, now: Field): Draft['change'] | undefined {
  const from = kindOfPresence(old);
  const to = kindOfPresence(now);
  if (from === to) return undefined;
  if (from === 'required') return to === 'optional' ? 'field-optional' : 'field-defaulted';
  if (from === 'optional') return to === 'required' ? 'field-required' : 'field-default-added';
  return to === 'required' ? 'field-default-required' : 'field-default-dropped';
}

function kindOfPresence(field: Field): 'required' | 'optional' | 'default' {
  if (field.default !== undefined) return 'default';
  return field.optional ? 'optional' : 'required';
}

function presenceDetail(now: Field): string {
  const kind = kindOfPresence(now);
  return kind === 'default' ? `optional now, ${showDefault(now.default)}` : `${kind} now`;
}

function addedDetail(field: Field): string {
  const kind = kindOfPresence(field);
  return kind === 'default' ? `added, ${showDefault(field.default)} by default` : `added, ${kind}`;
}

function diffEnum(
  subject: string,
  prefix: string,
  old: readonly string[],
  now: readonly string[],
  into: Compared,
): void {
  for (const value of [...now].sort(compareText)) {
    if (old.includes(value)) continue;
    into.drafts.push({
      change: 'enum-value-added',
      subject,
      detail: `${prefix}gained ${JSON.stringify(value)}`,
    });
  }
  for (const value of [...old].sort(compareText)) {
    if (now.includes(value)) continue;
    into.drafts.push({
      change: 'enum-value-removed',
      subject,
      detail: `${prefix}lost ${JSON.stringify(value)}`,
    });
  }
}

/** Constraints that matter across two kinds: a float's bounds hold for an int, an enum has none. */
function boundsAcross(a: Body, b: Body): [Type, Type] | undefined {
  if ((a.kind === 'int' && b.kind === 'float') || (a.kind === 'float' && b.kind === 'int')) return [a, b];
  if (a.kind === 'enum' && b.kind === 'string') return [{ kind: 'string' }, b];
  return undefined;
}

/** A type beside a union is a union of one arm; a struct stands there by its name. */
function armsOf({ body, name }: Resolved): Type[] {
  if (body.kind === 'union') return body.arms;
  return [body.kind === 'struct' ? { kind: 'ref', name: name ?? '' } : body];
}

function describeBody(body: Body): string {
  return body.kind === 'struct' ? 'a struct' : describeType(body);
}
