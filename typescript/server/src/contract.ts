import type { Contract, SourcePlace, Sources, Type } from '@mizan/core';
import { type Place, relativePath } from './place.ts';
import type { Registry } from './registry.ts';

/** Where everything of a contract stands in the source (kept beside it, never in it). */
export function sourcesOf({ contract, functions, contexts, errors, found }: Registry, root: string): Sources {
  const sources: Sources = { functions: {}, types: {}, contexts: {}, errors: {} };
  for (const { decl, definition } of functions) put(sources.functions, decl.name, definition.place, root);
  for (const { name, place } of contexts) put(sources.contexts, name, place, root);
  for (const { code, place } of errors) put(sources.errors, code, place, root);
  const files = new Set(functions.flatMap(({ definition }) => definition.place?.file ?? []));
  const exported = exportLines([...files].sort());
  for (const { name } of contract.types) {
    const names = found.schemas.map((schema) => schema.name).filter((export_) => pascalOf(export_) === name);
    const place = [name, ...names].map((key) => exported.get(key)).find((other) => other !== undefined);
    put(sources.types, name, place ?? userOf(contract, name, functions), root);
  }
  return sources;
}

function put(into: Record<string, SourcePlace>, name: string, place: Place | undefined, root: string): void {
  if (place !== undefined) into[name] = { path: relativePath(place.file, root), line: place.line };
}

function pascalOf(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

/** Schemas do not know where they stand, but the files of the functions that use them do. */
function exportLines(files: readonly string[]): Map<string, Place> {
  const lines = new Map<string, Place>();
  for (const file of files) {
    for (const [at, line] of readText(file).split('\n').entries()) {
      const name = /^export\s+const\s+([A-Za-z0-9_$]+)/.exec(line)?.[1];
      if (name !== undefined && !lines.has(name)) lines.set(name, { file, line: at + 1 });
    }
  }
  return lines;
}

/** Only where there is a file system, and only for tools. */
function readText(file: string): string {
  try {
    return process.getBuiltinModule('node:fs').readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A type without an export stands where the first function by name that uses it does. */
function userOf(contract: Contract, type: string, functions: Registry['functions']): Place | undefined {
  const users = functions.filter(({ decl }) =>
    [decl.output, ...decl.input.map((field) => field.type)].some((used) =>
      reaches(contract, used, type, new Set()),
    ),
  );
  users.sort((a, b) => (a.decl.name < b.decl.name ? -1 : 1));
  return users[0]?.definition.place;
}

function reaches(contract: Contract, from: Type, name: string, seen: Set<string>): boolean {
  switch (from.kind) {
    case 'list':
      return reaches(contract, from.items, name, seen);
    case 'map':
      return reaches(contract, from.values, name, seen);
    case 'nullable':
      return reaches(contract, from.of, name, seen);
    case 'union':
      return from.arms.some((arm) => reaches(contract, arm, name, seen));
    case 'ref':
      break;
    default:
      return false;
  }
  if (from.name === name) return true;
  if (seen.has(from.name)) return false;
  seen.add(from.name);
  const type = contract.types.find((decl) => decl.name === from.name)?.type;
  if (type === undefined) return false;
  if (type.kind === 'struct') return type.fields.some((field) => reaches(contract, field.type, name, seen));
  return reaches(contract, type, name, seen);
}
