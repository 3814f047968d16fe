import { compareText } from '../compare-text.ts';
import type { Type, TypeDecl } from '../contract.ts';
import { reachableTypes, rootTypes } from '../reachable.ts';
import { pathTo } from './finding.ts';
import type { Report } from './report.ts';

/** What nothing refers to, what refers to itself without an end, and files where none can be. */
export function checkReach(report: Report): void {
  const { contract } = report;
  const used = new Set(contract.functions.flatMap((fn) => fn.errors));
  for (const { name } of contract.errors) {
    if (!used.has(name)) {
      report.say(
        pathTo('/errors', name),
        'unreachable',
        `No function declares the error ${name}. Leave it out.`,
      );
    }
  }
  const reached = reachableTypes(contract, rootTypes(contract));
  for (const { name } of contract.types) {
    if (!reached.has(name)) {
      report.say(pathTo('/types', name), 'unreachable', `Nothing refers to the type ${name}. Leave it out.`);
    }
  }
  checkEndless(report);
  checkUploads(report);
}

/**
 * A type all of whose values would hold another value of it has none. Found from below: a type has values
 * when its fields have, and what stays is endless.
 */
function checkEndless(report: Report): void {
  const finite = new Set<string>();
  for (let more = true; more; ) {
    more = false;
    for (const { name, type } of report.contract.types) {
      if (finite.has(name) || !hasValues(report, type, finite)) continue;
      finite.add(name);
      more = true;
    }
  }
  for (const { name } of [...report.contract.types].sort((a, b) => compareText(a.name, b.name))) {
    if (finite.has(name)) continue;
    report.say(
      pathTo('/types', name),
      'endless',
      `${name} holds itself in every value, so there can be none. Make a field on the way optional, nullable or a list.`,
    );
  }
}

function hasValues(report: Report, type: Type | TypeDecl['type'], finite: ReadonlySet<string>): boolean {
  switch (type.kind) {
    case 'struct':
      return type.fields.every((field) => field.optional || hasValues(report, field.type, finite));
    case 'union':
      // An arm that is the union itself through another name has no form of its own.
      return type.arms.length === 0 || type.arms.some((arm) => hasValues(report, arm, finite));
    case 'list':
      return (type.minItems ?? 0) === 0 || hasValues(report, type.items, finite);
    case 'map':
      return (type.minItems ?? 0) === 0 || hasValues(report, type.values, finite);
    case 'ref':
      return finite.has(type.name) || !report.types.has(type.name);
    default:
      return true;
  }
}

/** Files come in with the arguments of a call; nothing else on the wire can hold one. */
function checkUploads(report: Report): void {
  const { contexts, errors, functions, types } = report.contract;
  const byName = types.some(declHoldsUpload);
  const say = (path: string, title: string) =>
    report.say(path, 'upload', `${title}: an upload can stand in the arguments of a call only.`);
  for (const context of contexts) {
    for (const param of context.params) {
      if (holdsUpload(report, byName, param.type))
        say(`${pathTo('/contexts', context.name)}/params/${param.name}`, `${context.name}.${param.name}`);
    }
  }
  for (const error of errors) {
    for (const field of error.fields) {
      if (holdsUpload(report, byName, field.type))
        say(`${pathTo('/errors', error.name)}/fields/${field.name}`, `${error.name}.${field.name}`);
    }
  }
  for (const fn of functions) {
    if (holdsUpload(report, byName, fn.output))
      say(`${pathTo('/functions', fn.name)}/output`, `${fn.name} returns one`);
  }
}

function holdsUpload(report: Report, byName: boolean, root: Type): boolean {
  if (isUploadIn(root)) return true;
  if (!byName) return false;
  for (const name of reachableTypes(report.contract, [root])) {
    const decl = report.types.get(name);
    if (decl !== undefined && declHoldsUpload(decl)) return true;
  }
  return false;
}

/** Whether a named type holds an upload itself, not through another name. */
function declHoldsUpload({ type }: TypeDecl): boolean {
  return type.kind === 'struct' ? type.fields.some((field) => isUploadIn(field.type)) : isUploadIn(type);
}

function isUploadIn(type: Type): boolean {
  if (type.kind === 'upload') return true;
  if (type.kind === 'list') return isUploadIn(type.items);
  if (type.kind === 'map') return isUploadIn(type.values);
  if (type.kind === 'nullable') return isUploadIn(type.of);
  return type.kind === 'union' && type.arms.some(isUploadIn);
}
