import { type Finding, formatPointer } from '@mizan/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isPromise } from './maybe.ts';
import type { RegisteredFunction } from './registry.ts';

type Values = Record<string, unknown>;

/** The arguments as the handler takes them, or the findings of the host's validator. */
export type Validated = Values | Finding[];

/** Runs the schemas of one function over values that the contract's check has passed. */
export type Validate = (values: Values) => Validated | Promise<Validated>;

type Result = StandardSchemaV1.Result<unknown>;
type Step = (values: Values, into: Values) => Finding[] | undefined | Promise<Finding[] | undefined>;

/** Prepares the host's validation of a function; only fields that it has are handed on. */
export function compileValidate({ fields, whole }: Pick<RegisteredFunction, 'fields' | 'whole'>): Validate {
  const steps: Step[] = fields.map(([name, schema]) => fieldStep(name, schema['~standard']));
  if (whole !== undefined) steps.push(wholeStep(whole.schema['~standard'], whole.names));
  return (values) => {
    const args: Values = {};
    let findings: Finding[] | undefined;
    for (let at = 0; at < steps.length; at++) {
      const found = (steps[at] as Step)(values, args);
      if (found === undefined) continue;
      if (isPromise(found)) return finishLater(steps, at, found, values, args, findings);
      findings = findings === undefined ? found : [...findings, ...found];
    }
    return findings ?? args;
  };
}

async function finishLater(
  steps: readonly Step[],
  from: number,
  first: Promise<Finding[] | undefined>,
  values: Values,
  args: Values,
  before: Finding[] | undefined,
): Promise<Validated> {
  const findings = [...(before ?? []), ...((await first) ?? [])];
  for (let at = from + 1; at < steps.length; at++)
    findings.push(...((await (steps[at] as Step)(values, args)) ?? []));
  return findings.length > 0 ? findings : args;
}

function fieldStep(name: string, standard: StandardSchemaV1.Props): Step {
  const take = (result: Result, into: Values): Finding[] | undefined => {
    if (result.issues !== undefined) return findingsOf(result.issues, [name]);
    if (result.value !== undefined) into[name] = result.value;
    return undefined;
  };
  return (values, into) => {
    const result = standard.validate(values[name]);
    if (isPromise(result)) return result.then((late) => take(late as Result, into));
    return take(result as Result, into);
  };
}

function wholeStep(standard: StandardSchemaV1.Props, names: readonly string[]): Step {
  const take = (result: Result, into: Values): Finding[] | undefined => {
    if (result.issues !== undefined) return findingsOf(result.issues, []);
    Object.assign(into, result.value);
    return undefined;
  };
  return (values, into) => {
    const own: Values = {};
    for (const name of names) if (values[name] !== undefined) own[name] = values[name];
    const result = standard.validate(own);
    if (isPromise(result)) return result.then((late) => take(late as Result, into));
    return take(result as Result, into);
  };
}

function findingsOf(issues: readonly StandardSchemaV1.Issue[], base: readonly string[]): Finding[] {
  return issues.map(({ message, path = [] }) => ({
    path: formatPointer([
      ...base,
      ...path.map((segment) => {
        const key = typeof segment === 'object' ? segment.key : segment;
        return typeof key === 'number' ? key : String(key);
      }),
    ]),
    code: 'invalid',
    message,
  }));
}
