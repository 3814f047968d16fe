import { listNode, mapNode } from './check-containers.ts';
import { jsonNode } from './check-json.ts';
import { boolNode, floatNode, intNode, nullNode } from './check-number.ts';
import { type CompiledField, structNode } from './check-struct.ts';
import { enumNode, formNode, numberTextNode, stringNode, uploadNode } from './check-text.ts';
import { type JsonKind, kindUnionNode, taggedUnionNode } from './check-union.ts';
import { BAD, type Node, Walk } from './check-walk.ts';
import type { Field, Json, Type, TypeDecl } from './contract.ts';

/** Whether a value comes in or goes out. */
export type Direction = 'input' | 'output';

/**
 * Compiles types of one contract in one direction; a named type is compiled once.
 * Throws an Error on a contract that the contract check would refuse.
 */
export class Compiler {
  private readonly types: ReadonlyMap<string, TypeDecl>;
  private readonly lenient: boolean;
  private readonly named = new Map<string, Node>();
  private pending: (() => void)[] = [];

  constructor(types: ReadonlyMap<string, TypeDecl>, direction: Direction) {
    this.types = types;
    this.lenient = direction === 'output';
  }

  /** The node of a type, ready to run. */
  type(type: Type): Node {
    return this.settled(() => this.node(type));
  }

  /** The node of an object with these fields, ready to run. */
  fields(fields: readonly Field[]): Node {
    return this.settled(() => this.struct(fields));
  }

  /** Defaults are checked last, when every type that they may need is there. */
  private settled(make: () => Node): Node {
    const node = make();
    const { pending } = this;
    this.pending = [];
    for (const settle of pending) settle();
    return node;
  }

  private node(type: Type): Node {
    switch (type.kind) {
      case 'string':
        return stringNode(type);
      case 'int':
        return intNode(type);
      case 'bigint':
      case 'decimal':
        return numberTextNode(type);
      case 'float':
        return floatNode(type);
      case 'bool':
        return boolNode;
      case 'null':
        return nullNode;
      case 'datetime':
      case 'date':
      case 'time':
      case 'duration':
      case 'uuid':
      case 'bytes':
        return formNode(type.kind);
      case 'json':
        return jsonNode;
      case 'upload':
        return uploadNode;
      case 'list':
        return listNode(this.node(type.items), type);
      case 'map':
        return mapNode(this.node(type.values), type);
      case 'enum':
        return enumNode(type);
      case 'union':
        return this.union(type);
      case 'nullable': {
        const inner = this.node(type.of);
        return (value, walk, depth) => (value === null ? null : inner(value, walk, depth));
      }
      case 'ref':
        return this.ref(type.name);
    }
  }

  private ref(name: string): Node {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    let node: Node | undefined;
    // Stands for the type inside itself.
    this.named.set(name, (value, walk, depth) => (node as Node)(value, walk, depth));
    const { type } = this.decl(name);
    node = type.kind === 'struct' ? this.struct(type.fields) : this.node(type);
    this.named.set(name, node);
    return node;
  }

  private struct(fields: readonly Field[]): Node {
    const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));
    const compiled = sorted.map((field): CompiledField => {
      const made: CompiledField = { name: field.name, node: this.node(field.type), optional: field.optional };
      const { default: value } = field;
      if (value !== undefined) {
        made.fill = () => {
          throw new Error(`the default of ${field.name} needs itself`);
        };
        this.pending.push(() => {
          made.fill = fillWith(field.name, value, made.node);
        });
      }
      return made;
    });
    return structNode(compiled, this.lenient);
  }

  private union(type: Extract<Type, { kind: 'union' }>): Node {
    const { tag } = type;
    if (tag !== undefined) {
      return taggedUnionNode(tag, new Map(type.arms.map((arm) => [this.tagOf(arm, tag), this.node(arm)])));
    }
    const arms = new Map<JsonKind, Node>();
    for (const arm of type.arms) {
      const node = this.node(arm);
      for (const kind of this.jsonKinds(arm)) {
        if (arms.has(kind)) throw new Error(`two arms of a union are ${kind}`);
        arms.set(kind, node);
      }
    }
    return kindUnionNode(arms);
  }

  private tagOf(arm: Type, tag: string): string {
    const decl = arm.kind === 'ref' ? this.decl(arm.name).type : undefined;
    const field = decl?.kind === 'struct' ? decl.fields.find(({ name }) => name === tag) : undefined;
    const type = field?.type.kind === 'ref' ? this.decl(field.type.name).type : field?.type;
    const [value, ...others] = type?.kind === 'enum' ? type.values : [];
    if (value === undefined || others.length > 0)
      throw new Error(`an arm of a union has no ${tag} of one value`);
    return value;
  }

  private jsonKinds(type: Type | TypeDecl['type']): JsonKind[] {
    switch (type.kind) {
      case 'int':
      case 'float':
        return ['number'];
      case 'bool':
        return ['boolean'];
      case 'list':
        return ['array'];
      case 'map':
      case 'struct':
        return ['object'];
      case 'union':
        return type.tag === undefined ? type.arms.flatMap((arm) => this.jsonKinds(arm)) : ['object'];
      case 'ref':
        return this.jsonKinds(this.decl(type.name).type);
      case 'json':
      case 'upload':
      case 'null':
      case 'nullable':
        throw new Error(`${type.kind} cannot be an arm of a union`);
      default:
        return ['string'];
    }
  }

  private decl(name: string): TypeDecl {
    const decl = this.types.get(name);
    if (decl === undefined) throw new Error(`there is no type ${name}`);
    return decl;
  }
}

/** Makes a default in its canonical form, a fresh one each time. */
function fillWith(name: string, value: Json, node: Node): () => unknown {
  const walk = new Walk();
  const canonical = node(value, walk, 1);
  const [finding] = walk.findings;
  if (canonical === BAD)
    throw new Error(`the default of ${name}: ${finding?.path || 'it'} ${finding?.message}`);
  if (typeof canonical !== 'object' || canonical === null) return () => canonical;
  return () => structuredClone(canonical);
}
