import type { ContextDecl, Contract, Field } from '@mizan/core';
import { sameType } from '@mizan/core/contract-check';
import type { Draft } from './change.ts';
import type { ChangeList } from './change-list.ts';
import { addDocs, showDefault, type TypeDiff } from './diff-types.ts';
import { findRename } from './find-rename.ts';

/** Compares the contexts of two contracts: parameters as they stand in addresses, and how they are cached. */
export function diffContexts(old: Contract, now: Contract, types: TypeDiff, list: ChangeList): void {
  const before = new Map(old.contexts.map((context) => [context.name, context]));
  const after = new Map(now.contexts.map((context) => [context.name, context]));
  const gained = now.contexts.filter((context) => !before.has(context.name));
  for (const context of now.contexts) {
    const earlier = before.get(context.name);
    if (earlier !== undefined) diffContext(earlier, context, old, types, list);
  }
  for (const { name } of gained) {
    list.add({ change: 'context-added', subject: name, detail: 'added' }, 'output', undefined, []);
  }
  for (const context of old.contexts) {
    if (after.has(context.name)) continue;
    const rename = findRename(context, gained, sameParams);
    const hint = rename && { hint: `${context.name} is now ${rename.name}?` };
    const draft: Draft = { change: 'context-removed', subject: context.name, detail: 'removed', ...hint };
    addForMembers(list, draft, context.members, context.name);
  }
}

function diffContext(
  old: ContextDecl,
  now: ContextDecl,
  contract: Contract,
  types: TypeDiff,
  list: ChangeList,
): void {
  const drafts: Draft[] = [];
  addDocs(now.name, old, now, drafts);
  for (const [name, from, to] of [
    ['class', old.cacheClass, now.cacheClass],
    ['cache', old.cache ?? 'none', now.cache ?? 'none'],
    ['rev', old.rev, now.rev],
  ]) {
    if (from !== to) {
      drafts.push({ change: 'cache-changed', subject: now.name, detail: `${name} ${to}, was ${from}` });
    }
  }
  for (const draft of drafts) list.add(draft, 'output', undefined, []);
  const gained = now.params.filter((param) => !old.params.some(({ name }) => name === param.name));
  for (const param of gained) {
    const { change, detail } = added(param);
    addForMembers(list, { change, subject: `${now.name}.${param.name}`, detail }, old.members, now.name);
  }
  for (const param of old.params) {
    const subject = `${now.name}.${param.name}`;
    const takers = old.members.filter((member) => takes(contract, member, param.name));
    const later = now.params.find(({ name }) => name === param.name);
    if (later === undefined) {
      const rename = findRename(param, gained, (a, b) => sameType(a.type, b.type));
      const hint = rename && { hint: `${subject} is now ${now.name}.${rename.name}?` };
      addForMembers(list, { change: 'param-removed', subject, detail: 'removed', ...hint }, takers, now.name);
      continue;
    }
    for (const draft of diffParam(subject, param, later, types)) addForMembers(list, draft, takers, now.name);
  }
}

function addForMembers(list: ChangeList, draft: Draft, members: readonly string[], context: string): void {
  if (members.length === 0) list.add(draft, 'input', undefined, [context]);
  for (const member of members) list.add(draft, 'input', member, [context, member]);
}

function diffParam(subject: string, old: Field, now: Field, types: TypeDiff): Draft[] {
  const compared = types.type(subject, old.type, now.type);
  const drafts = types.reached(compared);
  addDocs(subject, old, now, drafts);
  const [from, to] = [whenAbsent(old), whenAbsent(now)];
  const add = (change: Draft['change'], detail: string) => drafts.push({ change, subject, detail });
  if (from.kind !== 'required' && to.kind === 'required') add('param-required', 'required now');
  else if (from.kind === 'required' && to.kind !== 'required')
    add('param-optional', `optional now, ${to.text}`);
  else if (from.text !== to.text) {
    const filled = from.kind === 'empty' && to.kind === 'default';
    add(filled ? 'param-default-filled' : 'param-default', `default ${to.text}, was ${from.text}`);
  }
  return drafts;
}

function added(param: Field): Pick<Draft, 'change' | 'detail'> {
  const { kind, text } = whenAbsent(param);
  if (kind === 'required') return { change: 'param-added-required', detail: 'added, required' };
  return kind === 'empty'
    ? { change: 'param-added-empty', detail: 'added, optional' }
    : { change: 'param-added-default', detail: `added, ${text} by default` };
}

/** What an address without a parameter means. Addresses write out every default but null. */
function whenAbsent(param: Field): { kind: 'required' | 'empty' | 'default'; text: string } {
  const { default: value } = param;
  if (value !== undefined && value !== null) return { kind: 'default', text: showDefault(value) };
  const empty = param.optional || value === null || param.type.kind === 'nullable';
  return empty ? { kind: 'empty', text: 'null' } : { kind: 'required', text: 'none' };
}

function takes(contract: Contract, member: string, param: string): boolean {
  const fn = contract.functions.find(({ name }) => name === member);
  return fn?.input.some(({ name }) => name === param) ?? false;
}

function sameParams(a: ContextDecl, b: ContextDecl): boolean {
  if (a.params.length !== b.params.length) return false;
  return a.params.every((param) =>
    b.params.some(({ name, type }) => name === param.name && sameType(type, param.type)),
  );
}
