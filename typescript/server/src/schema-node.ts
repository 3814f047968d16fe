import type { Json, Type } from '@mizan/core';

/** A type as a schema describes it, before it has a name. Structs, enums and unions may get one. */
export type Node = ScalarNode | StructNode | EnumNode | UnionNode | ListNode | MapNode | NullableNode;

/** A type that stands as it is in the contract. */
export interface ScalarNode {
  kind: 'scalar';
  type: Exclude<Type, { kind: 'list' | 'map' | 'enum' | 'union' | 'nullable' | 'ref' }>;
}

/** What the namable nodes share. */
export interface Named {
  title: string | undefined;
  doc: string | undefined;
  deprecated: string | undefined;
}

export interface StructNode extends Named {
  kind: 'struct';
  /** Sorted by name. Filled after the node exists, because a type may contain itself. */
  fields: FieldNode[];
}

export interface EnumNode extends Named {
  kind: 'enum';
  /** Sorted, each once. */
  values: string[];
}

export interface UnionNode extends Named {
  kind: 'union';
  arms: Node[];
  tag: string | undefined;
}

export interface ListNode {
  kind: 'list';
  items: Node;
  minItems: number | undefined;
  maxItems: number | undefined;
}

export interface MapNode {
  kind: 'map';
  values: Node;
  minItems: number | undefined;
  maxItems: number | undefined;
}

export interface NullableNode {
  kind: 'nullable';
  of: Node;
}

/** A field of a struct or of an input. */
export interface FieldNode {
  name: string;
  node: Node;
  optional: boolean;
  default: Json | undefined;
  doc: string | undefined;
  deprecated: string | undefined;
}

/** Whether two nodes are the same type: documentation and names aside, also when they contain themselves. */
export function sameNode(a: Node, b: Node): boolean {
  return same(a, b, []);
}

function same(a: Node, b: Node, assumed: [Node, Node][]): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (assumed.some(([x, y]) => x === a && y === b)) return true;
  const next: [Node, Node][] = [...assumed, [a, b]];
  if (a.kind === 'scalar') return sameJson(a.type, (b as ScalarNode).type);
  if (a.kind === 'enum') return sameJson(a.values, (b as EnumNode).values);
  if (a.kind === 'nullable') return same(a.of, (b as NullableNode).of, next);
  if (a.kind === 'list') return sameBounds(a, b as ListNode) && same(a.items, (b as ListNode).items, next);
  if (a.kind === 'map') return sameBounds(a, b as MapNode) && same(a.values, (b as MapNode).values, next);
  if (a.kind === 'union') return sameUnion(a, b as UnionNode, next);
  const other = b as StructNode;
  return (
    a.fields.length === other.fields.length &&
    a.fields.every((field, at) => sameField(field, other.fields[at] as FieldNode, next))
  );
}

function sameUnion(a: UnionNode, b: UnionNode, assumed: [Node, Node][]): boolean {
  if (a.tag !== b.tag || a.arms.length !== b.arms.length) return false;
  return a.arms.every((arm) => b.arms.some((other) => same(arm, other, assumed)));
}

function sameField(a: FieldNode, b: FieldNode, assumed: [Node, Node][]): boolean {
  return (
    a.name === b.name &&
    a.optional === b.optional &&
    sameJson(a.default, b.default) &&
    same(a.node, b.node, assumed)
  );
}

function sameBounds(a: ListNode | MapNode, b: ListNode | MapNode): boolean {
  return a.minItems === b.minItems && a.maxItems === b.maxItems;
}

/** Whether two JSON values are equal, members in any order. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
