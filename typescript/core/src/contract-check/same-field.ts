import type { Field, Type } from '../contract.ts';
import { printType, printValue } from '../print-type.ts';

/** Whether two types are printed alike, which is what makes them one. */
export function sameType(a: Type, b: Type): boolean {
  return printType(a, '') === printType(b, '');
}

/** Whether two fields agree in all that the wire knows of them: type, default, and whether they may be absent. */
export function sameField(a: Field, b: Field): boolean {
  return a.optional === b.optional && sameDefault(a, b) && sameType(a.type, b.type);
}

/** Whether two fields have the same default, or both none. */
export function sameDefault(a: Field, b: Field): boolean {
  if (a.default === undefined || b.default === undefined) return a.default === b.default;
  return printValue('', a.default, '') === printValue('', b.default, '');
}
