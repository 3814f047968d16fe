import { Compiler, type Direction } from './check-compile.ts';
import { BAD, type Node, Walk } from './check-walk.ts';
import type { Field, Type, TypeDecl } from './contract.ts';
import type { Finding } from './findings.ts';

export type { Direction } from './check-compile.ts';

/** The canonical value, or everything that is wrong with the one given, in order (spec clauses VAL-1, VAL-11). */
export type CheckResult = { ok: true; value: unknown } | { ok: false; findings: Finding[] };

/** A compiled value check. Never throws on JSON values and never changes what it is given. */
export type Check = (value: unknown) => CheckResult;

/** The named types of a contract; compiled checks are kept with it, so it must not change afterwards. */
export type Types = ReadonlyMap<string, TypeDecl> | readonly TypeDecl[];

/** Compiles the check of a type. Throws an Error on a type that no contract may have. */
export function compileCheck(type: Type, types: Types, direction: Direction): Check {
  return checkOf(compilerOf(types, direction).type(type));
}

/** Compiles the check of an object with these fields, as the arguments of a function are. */
export function compileFields(fields: readonly Field[], types: Types, direction: Direction): Check {
  return checkOf(compilerOf(types, direction).fields(fields));
}

function checkOf(node: Node): Check {
  return (value) => {
    // A function that returns nothing returns null.
    const given = value === undefined ? null : value;
    const canonical = node(given, undefined, 0);
    if (canonical !== BAD) return { ok: true, value: canonical };
    const walk = new Walk();
    node(given, walk, 0);
    return { ok: false, findings: walk.findings };
  };
}

const compilers = new WeakMap<Types, Record<Direction, Compiler>>();

function compilerOf(types: Types, direction: Direction): Compiler {
  let both = compilers.get(types);
  if (both === undefined) {
    const byName = isList(types) ? new Map(types.map((decl) => [decl.name, decl])) : types;
    both = { input: new Compiler(byName, 'input'), output: new Compiler(byName, 'output') };
    compilers.set(types, both);
  }
  return both[direction];
}

function isList(types: Types): types is readonly TypeDecl[] {
  return Array.isArray(types);
}
