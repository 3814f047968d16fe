import {
  type ContextDefinition,
  contextDefinition,
  type FunctionDefinition,
  functionDefinition,
  isSchema,
} from './define.ts';
import { errorDefinition } from './error.ts';
import type { Mistake } from './mistake.ts';
import type { ExportedSchema } from './type-names.ts';

/** A function as a module shows it. */
export interface FoundFunction {
  /** The name of the export or method. */
  exportName: string;
  definition: FunctionDefinition;
  /** The instance whose method it is. */
  self: unknown;
}

/** What the passed modules hold. */
export interface Found {
  functions: FoundFunction[];
  contexts: { exportName: string; definition: ContextDefinition }[];
  /** Export names of declared errors, by class. */
  errors: Map<object, string>;
  schemas: ExportedSchema[];
}

/** Looks through modules, plain objects and instances of classes with decorated methods. */
export function collect(modules: readonly unknown[], mistakes: Mistake[]): Found {
  const found: Found = { functions: [], contexts: [], errors: new Map(), schemas: [] };
  for (const [at, module] of modules.entries()) {
    if (typeof module !== 'object' || module === null) {
      mistakes.push({
        place: undefined,
        subject: 'createMizan',
        message: `modules[${at}] is ${module === null ? 'null' : `a ${typeof module}`}`,
        help:
          typeof module === 'function'
            ? 'Pass an instance of a class (new Tickets(db)), or the module that holds the function.'
            : 'Pass modules: import * as users from "./users.ts".',
      });
      continue;
    }
    for (const [name, value] of members(module)) take(found, name, value, module);
  }
  return found;
}

function take(found: Found, exportName: string, value: unknown, module: object): void {
  const definition = functionDefinition(value);
  if (definition !== undefined) {
    const self = definition.method === undefined ? undefined : module;
    const again = found.functions.some(
      (other) => other.definition === definition && other.self === self && other.exportName === exportName,
    );
    if (!again) found.functions.push({ exportName, definition, self });
    return;
  }
  const context = contextDefinition(value);
  if (context !== undefined) found.contexts.push({ exportName, definition: context });
  else if (errorDefinition(value) !== undefined) found.errors.set(value as object, exportName);
  else if (
    isSchema(value) &&
    !found.schemas.some((other) => other.name === exportName && other.schema === value)
  )
    found.schemas.push({ name: exportName, schema: value });
}

/** Own members, and for instances the methods of their classes. Getters are not touched. */
function* members(module: object): Generator<[string, unknown]> {
  const seen = new Set<string>();
  for (
    let at: object | null = module;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    const isModule = Object.prototype.toString.call(at) === '[object Module]';
    for (const name of Object.getOwnPropertyNames(at)) {
      if (seen.has(name) || name === 'constructor') continue;
      seen.add(name);
      const value = isModule ? (at as Record<string, unknown>)[name] : exported(at, name);
      if (value !== undefined) yield [name, value];
    }
  }
}

/** The value of a property; CommonJS builds export through getters of plain objects. */
function exported(owner: object, name: string): unknown {
  const property = Object.getOwnPropertyDescriptor(owner, name);
  if (property?.get === undefined) return property?.value;
  return Object.hasOwn(owner, '__esModule') ? (owner as Record<string, unknown>)[name] : undefined;
}
