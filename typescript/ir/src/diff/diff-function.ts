import {
  type AuthKind,
  type Contract,
  compareText,
  type Field,
  type FunctionDecl,
  printContract,
  type ScopeParam,
} from '@mizan/core';
import type { Direction, Draft } from './change.ts';
import type { ChangeList } from './change-list.ts';
import { addDocs, type Compared, type TypeDiff } from './diff-types.ts';
import { findRename } from './find-rename.ts';

/** Both contracts, by name, as clients see them. */
export interface Sides {
  old: Contract;
  now: Contract;
  /** Names of functions that are private. */
  oldPrivate: ReadonlySet<string>;
  nowPrivate: ReadonlySet<string>;
}

/** Compares the functions of two contracts, and with them all types and errors that they reach. */
export function diffFunctions(sides: Sides, types: TypeDiff, list: ChangeList): void {
  const before = new Map(sides.old.functions.map((fn) => [fn.name, fn]));
  const after = new Map(sides.now.functions.map((fn) => [fn.name, fn]));
  const gained = sides.now.functions.filter((fn) => !before.has(fn.name));
  for (const { name } of gained) {
    const shown = sides.oldPrivate.has(name);
    const change = shown ? 'function-shown' : 'function-added';
    list.add({ change, subject: name, detail: shown ? 'no longer private' : 'added' }, 'input', name, []);
  }
  for (const fn of sides.old.functions) {
    const later = after.get(fn.name);
    if (later !== undefined) new FunctionDiff(sides, types, list, fn, later).run();
    else addGone(sides, list, fn, gained);
  }
}

function addGone(sides: Sides, list: ChangeList, fn: FunctionDecl, gained: readonly FunctionDecl[]): void {
  const { name } = fn;
  const names = fn.context === undefined ? [name] : [name, fn.context];
  if (sides.nowPrivate.has(name)) {
    list.add({ change: 'function-hidden', subject: name, detail: 'private now' }, 'input', name, names);
    return;
  }
  const rename = findRename(fn, gained, (a, b) => signature(a) === signature(b));
  const hint = rename && { hint: `${name} is now ${rename.name}?` };
  list.add({ change: 'function-removed', subject: name, detail: 'removed', ...hint }, 'input', name, names);
}

/** A function in all but its name and its documentation. */
function signature(fn: FunctionDecl): string {
  return printContract(
    { contexts: [], errors: [], types: [], functions: [{ ...fn, name: '' }] },
    { docs: false },
  );
}

/** Compares one function that both contracts have. */
class FunctionDiff {
  readonly #sides: Sides;
  readonly #types: TypeDiff;
  readonly #list: ChangeList;
  readonly #old: FunctionDecl;
  readonly #now: FunctionDecl;

  constructor(sides: Sides, types: TypeDiff, list: ChangeList, old: FunctionDecl, now: FunctionDecl) {
    this.#sides = sides;
    this.#types = types;
    this.#list = list;
    this.#old = old;
    this.#now = now;
  }

  run(): void {
    this.#heads();
    this.#input();
    this.#output();
    this.#errors();
    this.#affects();
    this.#merges();
  }

  #add(
    change: Draft['change'],
    detail: string,
    direction: Direction = 'input',
    subject = this.#old.name,
  ): void {
    this.#draft({ change, subject, detail }, direction);
  }

  #draft(draft: Draft, direction: Direction): void {
    const { context, name } = this.#old;
    const names = context === undefined || direction === 'input' ? [name] : [name, context];
    this.#list.add(draft, direction, name, names);
  }

  #reached(compared: Compared, direction: Direction): void {
    for (const draft of this.#types.reached(compared)) this.#draft(draft, direction);
  }

  #heads(): void {
    const [old, now] = [this.#old, this.#now];
    if (old.context !== now.context) {
      if (old.context === undefined) this.#add('context-joined', `a query of ${now.context} now`);
      else if (now.context === undefined)
        this.#add('context-left', `no longer a query of ${old.context}`, 'output');
      else this.#add('context-moved', `a query of ${now.context} now, was of ${old.context}`, 'output');
    }
    if (old.auth !== now.auth) {
      const change = isLooser(old.auth, now.auth) ? 'auth-loosened' : 'auth-tightened';
      this.#add(change, `auth ${now.auth}, was ${old.auth}`);
    }
    if (old.stream !== now.stream)
      this.#add('stream-changed', now.stream ? 'streams now' : 'no longer streams', 'output');
    if (old.websocket !== now.websocket) {
      if (now.websocket) this.#add('websocket-added', 'over a socket too now');
      else this.#add('websocket-removed', 'no longer over a socket');
    }
    const drafts: Draft[] = [];
    addDocs(old.name, old, now, drafts);
    for (const draft of drafts) this.#draft(draft, 'output');
  }

  /** A query's fields are its context's parameters and compared with these, unless it drops or takes one up. */
  #input(): void {
    const [old, now] = [this.#old, this.#now];
    const stays = old.context !== undefined && old.context === now.context;
    const held = (contract: Contract) =>
      new Set(
        contract.contexts.find(({ name }) => stays && name === old.context)?.params.map(({ name }) => name),
      );
    const [before, after] = [held(this.#sides.old), held(this.#sides.now)];
    const apart = (field: Field) => !before.has(field.name) || !after.has(field.name);
    const taken = (fn: FunctionDecl) => new Set(fn.input.map(({ name }) => name));
    const [inOld, inNow] = [taken(old), taken(now)];
    // Both have it, and so have both contexts: the context's change says it.
    const ours = (field: Field) =>
      !stays || (!apart(field) && inOld.has(field.name) !== inNow.has(field.name));
    this.#reached(this.#types.fields(old.name, old.input.filter(ours), now.input.filter(ours)), 'input');
  }

  #output(): void {
    const [old, now] = [this.#old, this.#now];
    if (old.output.kind === 'null' && now.output.kind !== 'null' && !old.stream) {
      this.#add('result-added', 'returns something now', 'output');
    } else this.#reached(this.#types.type(old.name, old.output, now.output, 'returns: '), 'output');
  }

  #errors(): void {
    const [old, now] = [this.#old, this.#now];
    for (const name of now.errors)
      if (!old.errors.includes(name)) this.#add('error-added', `may throw ${name}`, 'output');
    for (const name of old.errors) {
      if (!now.errors.includes(name)) {
        this.#add('error-removed', `no longer throws ${name}`, 'output');
        continue;
      }
      const before = this.#sides.old.errors.find((error) => error.name === name);
      const after = this.#sides.now.errors.find((error) => error.name === name);
      if (before === undefined || after === undefined) continue;
      if (before.status !== after.status) {
        this.#add('error-status', `status ${after.status}, was ${before.status}`, 'output', name);
      }
      const compared = this.#types.fields(name, before.fields, after.fields);
      addDocs(name, before, after, compared.drafts);
      this.#reached(compared, 'output');
    }
  }

  #affects(): void {
    const key = ({ context, member }: { context: string; member?: string }) =>
      member === undefined ? context : `${context}/${member}`;
    const show = (fn: FunctionDecl) =>
      fn.affects.map((one) => ({ key: key(one), scope: showScope(one.params) }));
    this.#staleness('affects', show(this.#old), show(this.#now));
  }

  #merges(): void {
    const show = (fn: FunctionDecl) =>
      fn.merge.map((one) => ({ key: one.function, scope: showScope(one.params) }));
    this.#staleness('merge', show(this.#old), show(this.#now));
  }

  #staleness(kind: 'affects' | 'merge', old: Stale[], now: Stale[]): void {
    const scopes = (list: Stale[], key: string) =>
      list
        .filter((one) => one.key === key)
        .map((one) => one.scope)
        .sort(compareText)
        .join(' and ');
    const word = kind === 'affects' ? 'affects' : 'merges into';
    for (const key of new Set([...old, ...now].map((one) => one.key))) {
      const had = old.some((one) => one.key === key);
      const has = now.some((one) => one.key === key);
      const [from, to] = [scopes(old, key), scopes(now, key)];
      if (!had) this.#add(`${kind}-added`, `${word} ${key} now`, 'output');
      else if (!has) this.#add(`${kind}-removed`, `no longer ${word} ${key}`, 'output');
      else if (from !== to) this.#add(`${kind}-scope`, `${word} ${key} by ${to}, was ${from}`, 'output');
    }
  }
}

interface Stale {
  key: string;
  scope: string;
}

function showScope(params: readonly ScopeParam[]): string {
  if (params.length === 0) return 'all';
  return [...params]
    .sort((a, b) => compareText(a.param, b.param))
    .map(({ field, from, param }) => `${param} = ${from}.${field}`)
    .join(', ');
}

const ranks: Readonly<Record<AuthKind, number>> = { none: 0, user: 1, custom: 2, staff: 2, superuser: 3 };

/** Whether all who passed before still pass. Nobody knows whom a guard of the server's own lets pass. */
function isLooser(old: AuthKind, now: AuthKind): boolean {
  if (now === 'custom') return false;
  return old === 'custom' ? ranks[now] <= ranks.user : ranks[now] < ranks[old];
}
