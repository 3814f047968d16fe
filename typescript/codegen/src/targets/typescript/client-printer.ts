import type { Field, SourcePlace, Type } from '@mizan/core';
import type { Model } from '../../kernel/model.ts';
import type { TargetOptions } from '../../kernel/target.ts';
import { describeField } from '../../kernel/type-notes.ts';
import { printDoc } from './doc-comment.ts';
import { printString } from './literal.ts';
import { ModuleFile, type Named, type Shared } from './module-file.ts';
import { type Names, resolveNames } from './names.ts';
import { printAfter, type TypeText, union, word } from './type-text.ts';

/** Whether a type is printed as clients send it or as they receive it. */
export type Direction = 'input' | 'output';

const STRING = word('string');
const NUMBER = word('number');
const BOOLEAN = word('boolean');
const NULL = word('null');
const UNDEFINED = word('undefined');

/** What all files of one generated client share: the model, its names, the package that it runs on. */
export class ClientPrinter {
  readonly model: Model;
  readonly names: Names;
  readonly #runtime: string;
  readonly #shared: Shared;
  readonly #runtimeNames = new Map<string, Named>();

  constructor(model: Model, runtime: string, options: TargetOptions) {
    this.model = model;
    this.names = resolveNames(model);
    this.#runtime = runtime;
    this.#shared = { declared: this.names.space, extension: options.extension ?? '.js', imports: new Map() };
  }

  /** An empty module of this client. */
  file(path: string): ModuleFile {
    return new ModuleFile(path, this.#shared);
  }

  /** The specifier by which a generated module imports another one. */
  specifier(path: string): string {
    return `./${path.replace(/\.tsx?$/, '')}${this.#shared.extension}`;
  }

  /** A value of the runtime package. */
  runtime(name: string): Named {
    return this.#runtimeName(name, false);
  }

  /** A type of the runtime package. */
  runtimeType(name: string): Named {
    return this.#runtimeName(name, true);
  }

  #runtimeName(name: string, type: boolean): Named {
    let found = this.#runtimeNames.get(name);
    if (!found) {
      found = { name, from: this.#runtime, type };
      this.#runtimeNames.set(name, found);
    }
    return found;
  }

  /** A contract type in TypeScript. */
  type(file: ModuleFile, type: Type, direction: Direction): TypeText {
    switch (type.kind) {
      case 'string':
      case 'bigint':
      case 'decimal':
      case 'datetime':
      case 'date':
      case 'time':
      case 'duration':
      case 'uuid':
      case 'bytes':
        return STRING;
      case 'int':
      case 'float':
        return NUMBER;
      case 'bool':
        return BOOLEAN;
      case 'null':
        return NULL;
      case 'json':
        return word(file.use(this.runtimeType('Json')));
      case 'upload':
        return word('Blob');
      case 'list':
        return { kind: 'array', item: this.type(file, type.items, direction) };
      case 'map':
        return { kind: 'map', value: this.type(file, type.values, direction) };
      case 'enum':
        return union(type.values.map((value) => word(printString(value))));
      case 'union':
        return union(type.arms.map((arm) => this.type(file, arm, direction)));
      case 'nullable':
        return union([this.type(file, type.of, direction), NULL]);
      case 'ref':
        return word(file.use(this.#typeSymbol(type.name, direction)));
    }
  }

  #typeSymbol(name: string, direction: Direction): Named {
    const { inputs, types } = this.names;
    const symbol = (direction === 'input' ? inputs.get(name) : undefined) ?? types.get(name);
    if (!symbol) throw new Error(`The contract names a type ${name} that it does not state.`);
    return symbol;
  }

  /** Fields as members of an interface, documented. `loose` lets callers pass `undefined` for what they leave out. */
  fields(file: ModuleFile, fields: readonly Field[], direction: Direction, loose = false): string {
    return fields
      .map((field) => {
        const absent = isOptional(field, direction);
        const bare = this.type(file, field.type, direction);
        const type = absent && loose ? union([bare, UNDEFINED]) : bare;
        const doc = printDoc(
          { doc: field.doc, note: describeField(field), deprecated: field.deprecated },
          '  ',
        );
        return `${doc}${printAfter(`  ${field.name}${absent ? '?' : ''}:`, type, 2, ';')}\n`;
      })
      .join('');
  }

  /** An interface, or what stands for one without fields. */
  interface(
    file: ModuleFile,
    name: string,
    fields: readonly Field[],
    direction: Direction,
    loose = false,
  ): string {
    if (fields.length === 0) return `export type ${name} = { [key: string]: never };\n`;
    return `export interface ${name} {\n${this.fields(file, fields, direction, loose)}}\n`;
  }

  /** The doc comment of something that has a place in the source. */
  doc(parts: { doc?: string; deprecated?: string }, see: SourcePlace | undefined): string {
    return printDoc({ doc: parts.doc, deprecated: parts.deprecated, see });
  }
}

/** Whether a field may be absent in this direction: one with a default always comes back. */
export function isOptional(field: Field, direction: Direction): boolean {
  return direction === 'input'
    ? field.optional || field.default !== undefined
    : field.optional && field.default === undefined;
}
