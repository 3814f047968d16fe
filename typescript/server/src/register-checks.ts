import { type Contract, compileCheck, compileFields } from '@mizan/core';
import { checkContract } from '@mizan/core/contract-check';
import type { Mistake } from './mistake.ts';
import { complainer } from './register-function.ts';
import type { Desk } from './registry.ts';

/** Findings that no other mistake can lead to. */
const LOCAL: ReadonlySet<string> = new Set([
  'case-clash',
  'constraint',
  'duplicate',
  'pattern',
  'reserved',
  'text',
]);

/**
 * What only the finished contract shows: the checks of spec/ir/check.md, and defaults and patterns that do not
 * compile. What a declaration was reported for already is not said again in other words.
 */
export function validateContract(desk: Desk, contract: Contract): void {
  const known = new Set(desk.mistakes.map((mistake) => mistake.subject));
  const sound = known.size === 0;
  for (const { path, code, message } of checkContract(contract)) {
    if (!sound && !LOCAL.has(code)) continue;
    const [, kind = '', name = ''] = path.split('/');
    const about = aboutOf(desk, kind, name);
    if (!known.has(about.subject)) complainer(desk, about.subject, about.place)(message);
  }
  if (desk.mistakes.length > 0) return;
  const types = new Map(contract.types.map((decl) => [decl.name, decl]));
  for (const { decl, definition } of desk.drafts.values()) {
    const complain = complainer(desk, decl.name, definition.place);
    try {
      compileFields(decl.input, types, 'input');
      compileCheck(decl.output, types, 'output');
    } catch (error) {
      complain((error as Error).message);
    }
  }
}

/** Whose declaration a part of the contract is. */
function aboutOf(desk: Desk, kind: string, name: string): Pick<Mistake, 'subject' | 'place'> {
  if (kind === 'functions') return { subject: name, place: desk.drafts.get(name)?.definition.place };
  if (kind === 'contexts') return { subject: `context "${name}"`, place: desk.contexts.get(name)?.place };
  if (kind === 'errors') {
    const definitions = [...desk.drafts.values()].flatMap((draft) => draft.errors);
    return { subject: name, place: definitions.find((definition) => definition.code === name)?.place };
  }
  return { subject: name === '' ? 'createMizan' : name, place: undefined };
}
