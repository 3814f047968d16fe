import { type Contract, compileCheck, compileFields, type Field, type Type } from '@mizan/core';
import { complainer } from './register-function.ts';
import type { Desk } from './registry.ts';

/** Compiles every check once, so that a wrong default or pattern is found at start. */
export function validateDecls(desk: Desk, contract: Contract): void {
  const types = new Map(contract.types.map((decl) => [decl.name, decl]));
  for (const draft of desk.drafts.values()) {
    const { decl, definition } = draft;
    const complain = complainer(desk, decl.name, definition.place);
    const faults = new Set<string>();
    for (const field of decl.input) note(faults, () => compileFields([field], types, 'input'));
    note(faults, () => compileCheck(decl.output, types, 'output'));
    for (const fault of faults) complain(fault);
    refuseEarlyDefaults(decl.input, complain);
  }
}

function note(faults: Set<string>, compile: () => unknown): void {
  try {
    compile();
  } catch (error) {
    faults.add((error as Error).message);
  }
}

function refuseEarlyDefaults(
  fields: readonly Field[],
  complain: (message: string, help?: string) => void,
): void {
  for (const field of fields)
    if (field.default === null && !allowsNull(field.type))
      complain(`the default of "${field.name}" is null, its type has no null`, 'Make it nullable.');
}

function allowsNull(type: Type): boolean {
  return type.kind === 'nullable' || type.kind === 'null' || type.kind === 'json' || type.kind === 'ref';
}
