import { paramFault } from '../address-param.ts';
import type { ContextDecl } from '../contract.ts';
import { LIMITS } from '../generated/tables.ts';
import { checkFields, checkText } from './check-type.ts';
import { pathTo } from './finding.ts';
import type { Report } from './report.ts';
import { sameField } from './same-field.ts';
import { suggest } from './suggest.ts';

/** One context: what it may have, and that it agrees with its members. */
export function checkContext(report: Report, context: ContextDecl): void {
  const { name } = context;
  const path = pathTo('/contexts', name);
  checkText(report, path, name, context.doc);
  if (context.cache !== undefined && !(Number.isSafeInteger(context.cache) && context.cache > 0)) {
    report.say(
      path,
      'cache',
      `Context ${name}: cache ${context.cache} is no number of seconds from 1. Leave it out for none.`,
    );
  }
  if (!(Number.isSafeInteger(context.rev) && context.rev >= 0)) {
    report.say(path, 'cache', `Context ${name}: rev ${context.rev} is no number from 0.`);
  }
  checkParams(report, context, path);
  checkMembers(report, context, path);
}

function checkParams(report: Report, context: ContextDecl, path: string): void {
  const { name, params } = context;
  checkFields(report, params, `${path}/params`, name, 'parameter');
  if (params.length > LIMITS.contextParams) {
    report.say(
      path,
      'parameter-count',
      `Context ${name} has ${params.length} parameters; ${LIMITS.contextParams} are allowed, because each is part of every address.`,
    );
  }
  for (const param of params) {
    const fault = paramFault(param, report.types);
    if (fault === undefined) continue;
    report.say(pathTo(`${path}/params`, param.name), 'parameter-type', `${name}.${param.name}: ${fault}.`);
  }
}

function checkMembers(report: Report, context: ContextDecl, path: string): void {
  const { members, name } = context;
  const taken = new Set<string>();
  let guarded = false;
  for (const member of members) {
    const at = pathTo(`${path}/members`, member);
    const fn = report.functions.get(member);
    if (fn === undefined) {
      const hint = suggest(member, report.functions.keys());
      report.say(
        at,
        'unknown-function',
        `Context ${name}: there is no function ${JSON.stringify(member)}.${hint}`,
      );
    } else if (fn.context !== name) {
      report.say(
        at,
        'member',
        `Context ${name} lists ${member}, which ${fn.context === undefined ? 'is no query' : `is in ${fn.context}`}.`,
      );
    } else {
      guarded ||= fn.auth !== 'none';
      for (const field of fn.input) taken.add(field.name);
    }
  }
  if (new Set(members).size !== members.length)
    report.say(path, 'duplicate', `Context ${name} lists a member twice.`);
  const cacheClass = guarded ? 'user' : 'public';
  if (members.length > 0 && context.cacheClass !== cacheClass) {
    const why = guarded ? 'a member has auth' : 'no member has auth';
    report.say(path, 'cache-class', `Context ${name} must be of class ${cacheClass}, because ${why}.`);
  }
  for (const param of context.params) {
    if (members.length === 0 || taken.has(param.name)) continue;
    report.say(
      pathTo(`${path}/params`, param.name),
      'parameter-mismatch',
      `${name}.${param.name}: no member takes this parameter.`,
    );
  }
}

/** What a query takes are parameters of its context: one name means one type and one default. */
export function checkQueryInput(
  report: Report,
  fn: { name: string; input: ContextDecl['params'] },
  context: ContextDecl,
): void {
  for (const field of fn.input) {
    const param = context.params.find((one) => one.name === field.name);
    if (param !== undefined && sameField(field, param)) continue;
    const path = pathTo(`${pathTo('/functions', fn.name)}/input`, field.name);
    const fault = param === undefined ? 'lacks this parameter' : 'has another type or default for it';
    report.say(
      path,
      'parameter-mismatch',
      `${fn.name}.${field.name}: context ${context.name} ${fault}; one name means one type and one default.`,
    );
  }
}
