import { isRequired } from '../address-param.ts';
import type { Affects, ContextDecl, Field, FunctionDecl, Merge, ScopeParam } from '../contract.ts';
import { fieldsOf, sameScalar } from '../scope.ts';
import { checkQueryInput } from './check-context.ts';
import { checkFields, checkText, checkType } from './check-type.ts';
import { describeType } from './describe-type.ts';
import { pathTo } from './finding.ts';
import type { Report } from './report.ts';
import { sameType } from './same-field.ts';
import { suggest } from './suggest.ts';

/** One function: its types, and what it says about contexts, errors and other functions. */
export function checkFunction(report: Report, fn: FunctionDecl): void {
  const path = pathTo('/functions', fn.name);
  checkText(report, path, fn.name, fn.doc, fn.deprecated);
  checkFields(report, fn.input, `${path}/input`, fn.name, 'field');
  checkType(report, fn.output, `${path}/output`, `${fn.name} returns`);
  checkErrors(report, fn, path);
  if (fn.context !== undefined) checkQuery(report, fn, fn.context, path);
  for (const affects of fn.affects) checkAffects(report, fn, affects, path);
  for (const merge of fn.merge) checkMerge(report, fn, merge, path);
}

function checkErrors(report: Report, fn: FunctionDecl, path: string): void {
  const seen = new Set<string>();
  for (const name of fn.errors) {
    const at = pathTo(`${path}/errors`, name);
    if (!report.errors.has(name)) {
      const hint = suggest(name, report.errors.keys());
      report.say(at, 'unknown-error', `${fn.name}: there is no error ${JSON.stringify(name)}.${hint}`);
    }
    if (seen.has(name)) report.say(at, 'duplicate', `${fn.name} declares the error ${name} twice.`);
    seen.add(name);
  }
}

function checkQuery(report: Report, fn: FunctionDecl, name: string, path: string): void {
  if (fn.affects.length > 0 || fn.merge.length > 0) {
    report.say(
      path,
      'query-writes',
      `${fn.name} is a query of ${name} and changes data: a read that writes cannot be cached. Leave out its context, or affects and merge.`,
    );
  }
  if (fn.stream)
    report.say(
      path,
      'query-streams',
      `${fn.name} is a query of ${name}; a query answers once and cannot stream.`,
    );
  const context = report.contexts.get(name);
  if (context === undefined) {
    const hint = suggest(name, report.contexts.keys());
    report.say(path, 'unknown-context', `${fn.name}: there is no context ${JSON.stringify(name)}.${hint}`);
    return;
  }
  if (!context.members.includes(fn.name)) {
    report.say(path, 'member', `${fn.name} is a query of ${name}, which does not list it.`);
  }
  checkQueryInput(report, fn, context);
}

function checkAffects(report: Report, fn: FunctionDecl, affects: Affects, base: string): void {
  const path = pathTo(`${base}/affects`, affects.context);
  const context = report.contexts.get(affects.context);
  if (context === undefined) {
    const hint = suggest(affects.context, report.contexts.keys());
    report.say(
      path,
      'unknown-context',
      `${fn.name} affects ${JSON.stringify(affects.context)}, which is no context.${hint}`,
    );
    return;
  }
  if (affects.member !== undefined && !context.members.includes(affects.member)) {
    const hint = suggest(affects.member, context.members);
    report.say(
      path,
      'unknown-member',
      `${fn.name} affects ${JSON.stringify(affects.member)} of ${context.name}, which has no such member.${hint}`,
    );
  }
  checkScope(report, fn, context, affects.params, path);
}

function checkMerge(report: Report, fn: FunctionDecl, merge: Merge, base: string): void {
  const path = pathTo(`${base}/merge`, merge.function);
  const query = report.functions.get(merge.function);
  const context = query?.context === undefined ? undefined : report.contexts.get(query.context);
  if (query === undefined) {
    const hint = suggest(merge.function, report.functions.keys());
    report.say(
      path,
      'unknown-function',
      `${fn.name} merges into ${JSON.stringify(merge.function)}, which is no function.${hint}`,
    );
    return;
  }
  if (query.context === undefined) {
    report.say(
      path,
      'merge-target',
      `${fn.name} merges into ${query.name}, which is no query: it has no context.`,
    );
    return;
  }
  if (fn.stream) report.say(path, 'merge-target', `${fn.name} streams, so it has no one result to merge.`);
  if (!sameType(query.output, fn.output)) {
    report.say(
      path,
      'merge-type',
      `${fn.name} returns ${describeType(fn.output)} and merges into ${query.name}, which returns ${describeType(query.output)}. The two must be equal.`,
    );
  }
  if (context === undefined) return;
  checkScope(report, fn, context, merge.params, path);
  const given = new Set(merge.params.map(({ param }) => param));
  const missing = context.params.filter((param) => isRequired(param) && !given.has(param.name));
  if (missing.length > 0) {
    report.say(
      path,
      'merge-incomplete',
      `${fn.name} merges into one instance of ${context.name}, but nothing says its ${missing.map(({ name }) => name).join(' and ')}. Map each to an argument or a field of the result.`,
    );
  }
}

/** Each parameter of a scope is one of the context, and comes from a field of the same type. */
function checkScope(
  report: Report,
  fn: FunctionDecl,
  context: ContextDecl,
  scope: readonly ScopeParam[],
  base: string,
): void {
  const seen = new Set<string>();
  for (const { field, from, param } of scope) {
    const path = pathTo(base, param);
    if (seen.has(param)) report.say(path, 'duplicate', `${fn.name} gives ${context.name}.${param} twice.`);
    seen.add(param);
    const target = context.params.find((one) => one.name === param);
    const fields: readonly Field[] = from === 'args' ? fn.input : fieldsOf(fn.output, report.types);
    const source = fields.find((one) => one.name === field);
    const where = from === 'args' ? 'argument' : 'field of its result';
    if (target === undefined) {
      const has = context.params.map((one) => `${one.name}: ${describeType(one.type)}`).join(', ');
      const names = context.params.map((one) => one.name);
      report.say(
        path,
        'unknown-parameter',
        `${fn.name}: ${context.name} has no parameter ${JSON.stringify(param)}. It has ${has || 'none'}.${suggest(param, names)}`,
      );
    }
    if (source === undefined) {
      const hint = suggest(
        field,
        fields.map((one) => one.name),
      );
      report.say(
        path,
        'unknown-field',
        `${fn.name}: ${context.name}.${param} comes from ${JSON.stringify(field)}, which is no ${where}.${hint}`,
      );
    } else if (target !== undefined && !sameScalar(source.type, target.type, report.types, true)) {
      report.say(
        path,
        'scope-type',
        `${fn.name}: ${context.name}.${param} is ${describeType(target.type)}, but the ${where} ${field} is ${describeType(source.type)}.`,
      );
    }
  }
}
