import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TargetResult } from './generate.ts';
import {
  type Declaration,
  type Declarations,
  readDeclarations,
} from './targets/typescript/read-declarations.ts';

/** A difference between a generated client on disk and the one that the contract asks for, as its users meet it. */
export interface ClientChange {
  /** Code that uses it may not compile any more. */
  breaking: boolean;
  /** The export that it is about. */
  name: string;
  /** The member of that export, if it is about one. */
  member?: string;
  /** `Profile.name is now Profile.fullName`. */
  text: string;
}

/** Differences of one target, in the order of files and names; documentation does not count. */
export async function findClientChanges({ changes, removed, target }: TargetResult): Promise<ClientChange[]> {
  const old: Declarations = new Map();
  const fresh: Declarations = new Map();
  const paths = [...new Set([...changes.map((file) => file.path), ...removed])].sort();
  for (const path of paths) {
    if (path === 'contract.ts') continue;
    const text = await readFile(join(target.folder, path), 'utf8').catch(() => '');
    for (const [name, declaration] of readDeclarations(text)) old.set(name, declaration);
  }
  for (const file of changes) {
    if (file.path === 'contract.ts') continue;
    for (const [name, declaration] of readDeclarations(file.text)) fresh.set(name, declaration);
  }
  return compareDeclarations(old, fresh);
}

function compareDeclarations(old: Declarations, fresh: Declarations): ClientChange[] {
  const found: ClientChange[] = [];
  for (const [name, before] of old) {
    const after = fresh.get(name);
    if (!after) found.push({ breaking: true, name, text: `${name} is gone` });
    else if (before.members && after.members)
      found.push(...compareMembers(name, before.members, after.members));
    else if (before.text !== after.text)
      found.push({ breaking: true, name, text: `${name} ${retyped(before, after)}` });
  }
  for (const name of fresh.keys()) {
    if (!old.has(name)) found.push({ breaking: false, name, text: `${name} is new` });
  }
  return found;
}

function compareMembers(
  name: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ClientChange[] {
  const found: ClientChange[] = [];
  const gone = [...before].filter(([member]) => !after.has(member));
  const come = new Map([...after].filter(([member]) => !before.has(member)));
  for (const [member, type] of gone) {
    const twins = [...come].filter(([, other]) => other === type);
    const alone = gone.filter(([, other]) => other === type).length === 1;
    if (alone && twins.length === 1) {
      const [renamed] = twins[0] as [string, string];
      come.delete(renamed);
      found.push({ breaking: true, name, member, text: `${name}.${member} is now ${name}.${renamed}` });
    } else found.push({ breaking: true, name, member, text: `${name}.${member} is gone` });
  }
  for (const [member, type] of before) {
    const now = after.get(member);
    if (now !== undefined && now !== type) {
      found.push({
        breaking: true,
        name,
        member,
        text: `${name}.${member} is ${show(now)} now, was ${show(type)}`,
      });
    }
  }
  for (const [member, type] of come) {
    const required = name.endsWith('Args') || name.endsWith('Params') ? !type.startsWith('?') : false;
    found.push({
      breaking: required,
      name,
      member,
      text: `${name}.${member} is ${required ? 'required now' : 'new'}`,
    });
  }
  return found;
}

function retyped(before: Declaration, after: Declaration): string {
  const type = ({ text }: Declaration) => /^export type \w+ = (.*);$/.exec(text)?.[1];
  const [old, now] = [type(before), type(after)];
  return old === undefined || now === undefined
    ? 'has another type now'
    : `is ${show(now)} now, was ${show(old)}`;
}

function show(type: string): string {
  const text = type.startsWith('?') ? `${type.slice(1).trim()}, optional,` : type.trim();
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
