import {
  type Check,
  type ContextAddress,
  type ContextDecl,
  compareText,
  compileAddress,
  compileCheck,
  compileFields,
  compileScopes,
  type FunctionDecl,
  type ScopePlan,
} from '@mizan/core';
import type { FunctionDefinition } from './define.ts';
import type { ErrorDefinition } from './error.ts';
import { WrongOutput } from './failure.ts';
import type { Identity } from './identity.ts';
import { isPromise } from './maybe.ts';
import { RecentInstances } from './recent-instances.ts';
import { type RegisteredFunction, type Registry, typesOf } from './registry.ts';
import type { RequestState } from './request.ts';
import { compileValidate, type Validate } from './validate.ts';

/** An output in its one form, or what is wrong with it as a thrown `WrongOutput`. */
export type Encode = (result: unknown) => unknown;

/** One function, ready to run. */
export interface FunctionPlan {
  readonly name: string;
  readonly decl: FunctionDecl;
  readonly definition: FunctionDefinition;
  readonly check: Check;
  readonly validate: Validate;
  readonly guard: ((who: Identity, args: unknown) => boolean | Promise<boolean>) | undefined;
  readonly handler: (args: unknown, request: RequestState) => unknown;
  readonly encode: Encode;
  readonly scopes: ScopePlan | undefined;
  /** Contexts that it merges into: their numbers are read first. */
  readonly mergeContexts: readonly string[];
  readonly errors: ReadonlyMap<ErrorDefinition, Check>;
}

/** One context, ready to be read. */
export interface ContextPlan {
  readonly name: string;
  readonly decl: ContextDecl;
  readonly address: ContextAddress;
  readonly instances: RecentInstances;
  /** Visible members by name. */
  readonly members: readonly FunctionPlan[];
  readonly forUsers: boolean;
}

/** Everything that dispatch runs. */
export interface Plans {
  functions: ReadonlyMap<string, FunctionPlan>;
  byDefinition: ReadonlyMap<FunctionDefinition, FunctionPlan>;
  contexts: ReadonlyMap<string, ContextPlan>;
}

/** Instances that are remembered over all contexts, but at least 16 of each. */
const REMEMBERED = 512;

/** Compiles a registry once, so that a request finds nothing left to prepare. */
export function compilePlans(registry: Registry): Plans {
  const { contract } = registry;
  const types = typesOf(contract);
  const addresses = new Map(contract.contexts.map((decl) => [decl.name, compileAddress(decl, types)]));
  const decls = new Map(contract.functions.map((decl) => [decl.name, decl]));
  const details = new Map(
    registry.errors.map((definition) => {
      const decl = contract.errors.find((error) => error.name === definition.code);
      return [definition, compileFields(decl?.fields ?? [], types, 'output')] as const;
    }),
  );
  const functions = new Map<string, FunctionPlan>();
  const byDefinition = new Map<FunctionDefinition, FunctionPlan>();
  for (const fn of registry.functions) {
    const plan: FunctionPlan = {
      name: fn.decl.name,
      decl: fn.decl,
      definition: fn.definition,
      check: compileFields(fn.decl.input, types, 'input'),
      validate: compileValidate(fn),
      guard: guardOf(fn),
      handler: handlerOf(fn),
      encode: compileEncode(fn, compileCheck(fn.decl.output, types, 'output')),
      scopes:
        fn.decl.affects.length + fn.decl.merge.length > 0
          ? compileScopes(fn.decl, addresses, decls)
          : undefined,
      mergeContexts: [...new Set(fn.decl.merge.map((merge) => decls.get(merge.function)?.context as string))],
      errors: new Map(fn.errors.map((definition) => [definition, details.get(definition) as Check])),
    };
    functions.set(plan.name, plan);
    byDefinition.set(plan.definition, plan);
  }
  const remembered = Math.max(16, Math.floor(REMEMBERED / contract.contexts.length));
  const contexts = new Map(
    contract.contexts.map((decl) => [decl.name, contextPlan(decl, addresses, functions, remembered)]),
  );
  return { functions, byDefinition, contexts };
}

function contextPlan(
  decl: ContextDecl,
  addresses: ReadonlyMap<string, ContextAddress>,
  functions: ReadonlyMap<string, FunctionPlan>,
  remembered: number,
): ContextPlan {
  const members = decl.members
    .map((name) => functions.get(name) as FunctionPlan)
    .filter((plan) => !plan.decl.private)
    .sort((a, b) => compareText(a.name, b.name));
  const address = addresses.get(decl.name) as ContextAddress;
  return {
    name: decl.name,
    decl,
    address,
    instances: new RecentInstances(address, remembered),
    members,
    forUsers: decl.cacheClass === 'user',
  };
}

function guardOf({ definition }: RegisteredFunction): FunctionPlan['guard'] {
  const { auth } = definition.options;
  return typeof auth === 'function' ? (auth as FunctionPlan['guard']) : undefined;
}

function handlerOf({ definition, self }: RegisteredFunction): FunctionPlan['handler'] {
  const handler = definition.handler as unknown as FunctionPlan['handler'];
  return self === undefined ? handler : handler.bind(self);
}

/** The output schema runs first, then the contract's check, which also drops what is not declared. */
function compileEncode(fn: RegisteredFunction, check: Check): Encode {
  const { name } = fn.decl;
  const standard = fn.output?.['~standard'];
  if (standard === undefined) return () => null;
  const finish = (value: unknown): unknown => {
    const verdict = check(value);
    if (verdict.ok) return verdict.value;
    const [finding] = verdict.findings;
    throw new WrongOutput(
      `${name} returned a wrong output: ${finding?.path || 'the result'} ${finding?.message}`,
    );
  };
  const take = (result: {
    value?: unknown;
    issues?: readonly { message: string; path?: unknown }[] | undefined;
  }) => {
    if (result.issues === undefined) return finish(result.value);
    const [issue] = result.issues;
    const path = Array.isArray(issue?.path)
      ? issue.path
          .map(
            (part: unknown) =>
              `/${String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part)}`,
          )
          .join('')
      : '';
    throw new WrongOutput(`${name} returned a wrong output: ${path || 'the result'}: ${issue?.message}`);
  };
  return (result) => {
    const verdict = standard.validate(result);
    return isPromise(verdict)
      ? verdict.then((late) => take(late as Parameters<typeof take>[0]))
      : take(verdict as Parameters<typeof take>[0]);
  };
}
