import { compileCheck } from '../check.ts';
import { isWellFormed } from '../code-points.ts';
import type { ErrorDecl, Field, Json, Type, TypeDecl } from '../contract.ts';
import { LIMITS } from '../generated/tables.ts';
import { printValue } from '../print-type.ts';
import { checkBounds } from './check-bounds.ts';
import { checkNameList, type NameKind } from './check-names.ts';
import { checkUnion } from './check-union.ts';
import { describeType } from './describe-type.ts';
import { pathTo } from './finding.ts';
import type { Report } from './report.ts';
import { suggest } from './suggest.ts';

/** A declared error: its status and its fields. */
export function checkError(report: Report, error: ErrorDecl): void {
  const path = pathTo('/errors', error.name);
  checkText(report, path, error.name, error.doc);
  if (!Number.isInteger(error.status) || error.status < 400 || error.status > 599) {
    report.say(
      path,
      'status',
      `${error.name}: status ${error.status} is none of an error; take one from 400 to 599.`,
    );
  }
  checkFields(report, error.fields, `${path}/fields`, error.name, 'field');
}

/** A named type. */
export function checkTypeDecl(report: Report, decl: TypeDecl): void {
  const path = pathTo('/types', decl.name);
  checkText(report, path, decl.name, decl.doc, decl.deprecated);
  if (decl.type.kind === 'struct') {
    checkFields(report, decl.type.fields, `${path}/fields`, decl.name, 'field');
  } else checkType(report, decl.type, path, decl.name);
}

/** Fields of a struct, an input, an error, or the parameters of a context. `owner` is who has them. */
export function checkFields(
  report: Report,
  fields: readonly Field[],
  base: string,
  owner: string,
  kind: NameKind,
): void {
  checkNameList(report, fields, base, kind, ` of ${owner}`);
  for (const field of fields) checkField(report, field, pathTo(base, field.name), `${owner}.${field.name}`);
}

function checkField(report: Report, field: Field, path: string, title: string): void {
  checkText(report, path, title, field.doc, field.deprecated);
  const before = report.findings.length;
  checkType(report, field.type, path, title);
  if (field.default === undefined) return;
  if (field.optional) {
    const message = 'a field with a default is always there, so it is not optional. Keep one of the two.';
    report.say(path, 'default', `${title}: ${message}`);
  }
  // A type that is wrong itself has no verdict on its default.
  if (report.findings.length === before) checkDefault(report, field, field.default, path, title);
}

function checkDefault(report: Report, field: Field, value: Json, path: string, title: string): void {
  let verdict: ReturnType<ReturnType<typeof compileCheck>>;
  let text: string;
  try {
    verdict = compileCheck(field.type, report.types, 'input')(value);
    text = printValue('default', value, '');
  } catch {
    // Another finding says what is wrong with a type that this one refers to.
    return;
  }
  if (!verdict.ok) {
    const [finding] = verdict.findings;
    const at = finding?.path === '' ? '' : ` ${finding?.path}`;
    report.say(
      path,
      'default',
      `${title}: the default${at} ${finding?.message}, because the type is ${describeType(field.type)}.`,
    );
  } else if (printValue('default', verdict.value as Json, '') !== text) {
    const canonical = JSON.stringify(verdict.value);
    report.say(path, 'default', `${title}: the default must be written in its one form, ${canonical}.`);
  }
}

/** One type and the types inside it. */
export function checkType(report: Report, type: Type, path: string, title: string, depth = 1): void {
  if (depth > LIMITS.jsonDepth) {
    report.say(
      path,
      'depth',
      `${title}: types are nested more than ${LIMITS.jsonDepth} deep. Name the inner one.`,
    );
    return;
  }
  checkBounds(report, type, path, title);
  switch (type.kind) {
    case 'list':
      checkType(report, type.items, `${path}/items`, title, depth + 1);
      return;
    case 'map':
      checkType(report, type.values, `${path}/values`, title, depth + 1);
      return;
    case 'nullable':
      checkNullable(report, type.of, path, title);
      checkType(report, type.of, `${path}/of`, title, depth + 1);
      return;
    case 'ref':
      if (!report.types.has(type.name)) {
        const hint = suggest(type.name, report.types.keys());
        report.say(path, 'unknown-type', `${title}: there is no type ${JSON.stringify(type.name)}.${hint}`);
      }
      return;
    case 'enum':
      checkEnum(report, type.values, path, title);
      return;
    case 'union':
      type.arms.forEach((arm, at) => {
        checkType(report, arm, `${path}/arms/${at}`, title, depth + 1);
      });
      checkUnion(report, type, path, title);
  }
}

function checkEnum(report: Report, values: readonly string[], path: string, title: string): void {
  if (values.length === 0) report.say(path, 'enum', `${title}: an enum has at least one value.`);
  const seen = new Set<string>();
  for (const value of values) {
    if (!isWellFormed(value))
      report.say(path, 'text', `${title}: an enum value holds half a surrogate pair.`);
    if (seen.has(value)) {
      report.say(path, 'duplicate', `${title}: the enum value ${JSON.stringify(value)} stands there twice.`);
    }
    seen.add(value);
  }
}

function checkNullable(report: Report, of: Type, path: string, title: string): void {
  const kind = of.kind === 'ref' ? report.types.get(of.name)?.type.kind : of.kind;
  if (kind === 'nullable' || kind === 'null' || kind === 'json') {
    report.say(path, 'nullable', `${title}: ${kind} may be null already. Leave the outer nullable out.`);
  }
}

/** Documentation and reasons are printed, so they must be printable. */
export function checkText(
  report: Report,
  path: string,
  title: string,
  ...texts: (string | undefined)[]
): void {
  for (const text of texts) {
    if (text !== undefined && !isWellFormed(text)) {
      report.say(
        path,
        'text',
        `${title}: its documentation holds half a surrogate pair, which is no character.`,
      );
    }
  }
}
