import { compareText, type Field, isTypeName, type Type, type TypeDecl } from '@mizan/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { readSchema } from './schema.ts';
import {
  type FieldNode,
  type ListNode,
  type MapNode,
  type Named,
  type Node,
  type StructNode,
  sameNode,
  type UnionNode,
} from './schema-node.ts';

/** A schema that a passed module exports. */
export interface ExportedSchema {
  name: string;
  schema: StandardSchemaV1;
}

/** Says what is wrong with a name; the registry adds the place. */
export type Complain = (message: string, mend?: string) => void;

interface Declared {
  decl: TypeDecl;
  node: Node;
}

type Namable = Extract<Node, Named>;

/**
 * Gives every struct its name, and enums and unions where they have one: by title, else by the export of a
 * passed module that is the same type, else by its place.
 */
export class TypeNames {
  private readonly named = new Map<string, Declared>();
  private readonly exports: { name: string; nodes: Node[] }[];
  /** Structs on the way from the root, so that one without a name can contain itself. */
  private readonly open: { node: Node; name: string }[] = [];
  /** How many of them were open when a list or map was entered. */
  private readonly depths = new Map<Node, number>();

  constructor(exported: readonly ExportedSchema[]) {
    this.exports = exported.map(({ name, schema }) => {
      const nodes = (['output', 'input'] as const).flatMap((direction) => {
        const reading = readSchema(schema, direction);
        return 'node' in reading ? [bare(reading.node)] : [];
      });
      const title = nodes.map((node) => ('title' in node ? node.title : undefined)).find((text) => text);
      return { name: pascal(title ?? name), nodes };
    });
  }

  /** All named types. */
  declarations(): TypeDecl[] {
    return [...this.named.values()].map(({ decl }) => decl).sort((a, b) => compareText(a.name, b.name));
  }

  /** The contract type of a node; `place` names what has no other name. */
  type(node: Node, place: string, complain: Complain): Type {
    switch (node.kind) {
      case 'scalar':
        return node.type;
      case 'nullable':
        return { kind: 'nullable', of: this.type(node.of, place, complain) };
      case 'list':
      case 'map':
        return this.container(node, place, complain);
      case 'enum': {
        const name = this.nameOf(node, complain);
        const type = { kind: 'enum' as const, values: node.values };
        return name === undefined ? type : this.declare(name, node, type, complain);
      }
      case 'union':
        return this.union(node, place, complain);
      case 'struct':
        return this.struct(node, place, complain);
    }
  }

  /** The contract fields of an input, an error or a struct. */
  fields(nodes: readonly FieldNode[], place: string, complain: Complain): Field[] {
    return nodes.map((node) => {
      const field: Field = {
        name: node.name,
        type: this.type(node.node, `${place}${pascal(node.name)}`, complain),
        optional: node.optional,
      };
      if (node.default !== undefined) field.default = node.default;
      if (node.doc !== undefined && !this.isOwnDoc(field.type, node)) field.doc = node.doc;
      if (node.deprecated !== undefined) field.deprecated = node.deprecated;
      return field;
    });
  }

  /** A named type says once what it is, and not again at each of its places. */
  private isOwnDoc(type: Type, { node, doc }: FieldNode): boolean {
    if (type.kind !== 'ref') return false;
    return doc === (this.exportedDoc(type.name) ?? ('doc' in node ? node.doc : undefined));
  }

  private exportedDoc(name: string): string | undefined {
    const exported = this.exports.find((other) => other.name === name);
    return exported?.nodes
      .map((other) => ('doc' in other ? other.doc : undefined))
      .find((doc) => doc !== undefined);
  }

  /** What contains itself must have a name on the way, and lists and maps have none. */
  private container(node: ListNode | MapNode, place: string, complain: Complain): Type {
    if (this.depths.get(node) === this.open.length) {
      complain('a type contains itself without an object in between', 'Put an object in between.');
      return { kind: 'json' };
    }
    const before = this.depths.get(node);
    this.depths.set(node, this.open.length);
    const inner = this.type(node.kind === 'list' ? node.items : node.values, place, complain);
    if (before === undefined) this.depths.delete(node);
    else this.depths.set(node, before);
    return node.kind === 'list'
      ? { kind: 'list', items: inner, ...bounds(node) }
      : { kind: 'map', values: inner, ...bounds(node) };
  }

  private union(node: UnionNode, place: string, complain: Complain): Type {
    const name = this.nameOf(node, complain);
    const made = () => {
      const arms = node.arms.map((arm) =>
        this.type(arm, `${name ?? place}${armName(arm, node.tag)}`, complain),
      );
      return { kind: 'union' as const, arms, ...(node.tag === undefined ? {} : { tag: node.tag }) };
    };
    const open = this.open.find((other) => sameNode(other.node, node));
    if (open) return { kind: 'ref', name: open.name };
    // A union that contains itself needs a name to do so.
    const own = name ?? (containsItself(node) ? place : undefined);
    if (own === undefined) return made();
    const known = this.named.get(own);
    if (known && sameNode(known.node, node)) return { kind: 'ref', name: own };
    this.open.push({ node, name: own });
    const type = made();
    this.open.pop();
    return this.declare(own, node, type, complain);
  }

  private struct(node: StructNode, place: string, complain: Complain): Type {
    const open = this.open.find((other) => sameNode(other.node, node));
    if (open) return { kind: 'ref', name: open.name };
    const name = this.nameOf(node, complain) ?? place;
    const known = this.named.get(name);
    if (known && sameNode(known.node, node)) return this.declare(name, node, known.decl.type, complain);
    if (!isTypeName(name)) {
      complain(
        `"${name}" cannot be the name of a type`,
        'Give the schema a title: letters and digits, at most 64.',
      );
      return { kind: 'json' };
    }
    this.open.push({ node, name });
    const fields = this.fields(node.fields, name, complain);
    this.open.pop();
    return this.declare(name, node, { kind: 'struct', fields }, complain);
  }

  private declare(name: string, node: Namable, type: TypeDecl['type'], complain: Complain): Type {
    const known = this.named.get(name);
    if (known === undefined) {
      const decl: TypeDecl = { name, type };
      this.named.set(name, { decl, node });
      this.document(decl, node);
    } else if (sameNode(known.node, node)) this.document(known.decl, node);
    else
      complain(
        `two different types are named ${name}`,
        'Give each a title of its own. (A type that differs as input and as output, by a transform or a lost default, is two.)',
      );
    return { kind: 'ref', name };
  }

  /** Of several descriptions of one type the export's own counts, else the first by code point: never the order of discovery. */
  private document(decl: TypeDecl, node: Namable): void {
    const doc = this.exportedDoc(decl.name) ?? earlier(decl.doc, node.doc);
    if (doc !== undefined) decl.doc = doc;
    const deprecated = earlier(decl.deprecated, node.deprecated);
    if (deprecated !== undefined) decl.deprecated = deprecated;
  }

  private nameOf(node: Namable, complain: Complain): string | undefined {
    if (node.title !== undefined) {
      const name = pascal(node.title);
      if (isTypeName(name)) return name;
      complain(`the title "${node.title}" cannot be the name of a type`, 'A title begins with a letter.');
      return undefined;
    }
    const names = new Set(
      this.exports
        .filter(({ nodes }) => nodes.some((other) => sameNode(other, node)))
        .map(({ name }) => name),
    );
    if (names.size < 2) return [...names][0];
    const sorted = [...names].sort(compareText);
    complain(
      `the same type is exported as ${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`,
      'Give each schema a title, so that both ends know which is meant.',
    );
    return sorted[0];
  }
}

/** `Page<Ticket>` is `PageTicket`, `userProfile` is `UserProfile`. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .map((part) => (part[0] as string).toUpperCase() + part.slice(1))
    .join('');
}

function bare(node: Node): Node {
  return node.kind === 'nullable' ? bare(node.of) : node;
}

function bounds(node: { minItems: number | undefined; maxItems: number | undefined }): {
  minItems?: number;
  maxItems?: number;
} {
  return {
    ...(node.maxItems === undefined ? {} : { maxItems: node.maxItems }),
    ...(node.minItems === undefined ? {} : { minItems: node.minItems }),
  };
}

/** What tells an arm's place from the others': the text of its tag. */
function armName(arm: Node, tag: string | undefined): string {
  if (arm.kind !== 'struct' || tag === undefined) return '';
  const field = arm.fields.find((other) => other.name === tag);
  return field?.node.kind === 'enum' ? pascal(field.node.values[0] ?? '') : '';
}

function containsItself(union: UnionNode): boolean {
  const seen = new Set<Node>();
  const walk = (node: Node): boolean => {
    if (node === union && seen.size > 0) return true;
    if (seen.has(node)) return false;
    seen.add(node);
    return inner(node).some(walk);
  };
  return walk(union);
}

function inner(node: Node): Node[] {
  switch (node.kind) {
    case 'nullable':
      return [node.of];
    case 'list':
      return [node.items];
    case 'map':
      return [node.values];
    case 'union':
      return node.arms;
    case 'struct':
      return node.fields.map((field) => field.node);
    default:
      return [];
  }
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareText(a, b) <= 0 ? a : b;
}
