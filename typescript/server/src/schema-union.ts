import { compareText } from '@mizan/core';
import {
  type EnumNode,
  type FieldNode,
  type Named,
  type Node,
  type StructNode,
  sameNode,
} from './schema-node.ts';

type Made = { node: Node } | { problem: string; mend?: string };

/** Makes the one form of a union: null hoisted, unions flattened, texts gathered, told apart by tag or JSON kind. */
export function makeUnion(arms: readonly Node[], named: Named): Made {
  let nullable = false;
  const flat: Node[] = [];
  const take = (arm: Node): void => {
    if (arm.kind === 'nullable') {
      nullable = true;
      take(arm.of);
    } else if (arm.kind === 'scalar' && arm.type.kind === 'null') nullable = true;
    else if (arm.kind === 'union') for (const inner of arm.arms) take(inner);
    else if (!flat.some((known) => sameNode(known, arm))) flat.push(arm);
  };
  for (const arm of arms) take(arm);
  const made = unionOf(gatherEnums(flat, named), named);
  if ('problem' in made) return made;
  return nullable ? { node: { kind: 'nullable', of: made.node } } : made;
}

/** An intersection of structs is the struct of all their fields. */
export function joinStructs(parts: readonly Node[], named: Named): Made {
  const fields = new Map<string, FieldNode>();
  for (const part of parts) {
    if (part.kind !== 'struct') return { problem: 'an intersection has only objects' };
    for (const field of part.fields) {
      const other = fields.get(field.name);
      if (other && !sameNode(other.node, field.node))
        return { problem: `an intersection has two types for "${field.name}"` };
      if (!other || other.optional) fields.set(field.name, field);
    }
  }
  const sorted = [...fields.values()].sort((a, b) => compareText(a.name, b.name));
  return { node: { kind: 'struct', fields: sorted, ...named } };
}

/** Several literals and enums are one enum. */
function gatherEnums(arms: readonly Node[], named: Named): Node[] {
  const enums = arms.filter((arm) => arm.kind === 'enum');
  if (enums.length < 2) return [...arms];
  const values = [...new Set(enums.flatMap((arm) => arm.values))].sort(compareText);
  const alone = enums.length === arms.length;
  const gathered: EnumNode = {
    kind: 'enum',
    values,
    ...(alone ? named : { title: undefined, doc: undefined, deprecated: undefined }),
  };
  return [...arms.filter((arm) => arm.kind !== 'enum'), gathered];
}

function unionOf(arms: readonly Node[], named: Named): Made {
  const [first] = arms;
  if (first === undefined) return { node: { kind: 'scalar', type: { kind: 'null' } } };
  if (arms.length === 1) return { node: first };
  if (arms.every((arm) => arm.kind === 'struct')) {
    const tag = tagOf(arms);
    if (tag !== undefined) return { node: { kind: 'union', arms: [...arms], tag, ...named } };
    return {
      problem: 'a union of objects needs a field that tells them apart',
      mend: 'Give each a field such as kind with a text of its own: kind: z.literal("circle").',
    };
  }
  const seen = new Set<string>();
  for (const arm of arms) {
    const kind = jsonKind(arm);
    if (kind === undefined) return { problem: 'any JSON in a union makes the others pointless' };
    if (seen.has(kind))
      return {
        problem: `two arms of a union are both JSON ${kind}, and nothing tells them apart`,
        mend: 'Use objects with a field that tells them apart.',
      };
    seen.add(kind);
  }
  return { node: { kind: 'union', arms: [...arms], tag: undefined, ...named } };
}

/** The first field by name that is one text in each arm, and another in each. */
function tagOf(arms: readonly StructNode[]): string | undefined {
  const [first, ...others] = arms as [StructNode, ...StructNode[]];
  for (const { name } of first.fields) {
    const values = [first, ...others].map((arm) => literalOf(arm, name));
    if (values.every((value) => value !== undefined) && new Set(values).size === arms.length) return name;
  }
  return undefined;
}

function literalOf(struct: StructNode, name: string): string | undefined {
  const field = struct.fields.find((other) => other.name === name);
  if (field === undefined || field.optional || field.default !== undefined || field.node.kind !== 'enum')
    return undefined;
  return field.node.values.length === 1 ? field.node.values[0] : undefined;
}

function jsonKind(node: Node): string | undefined {
  switch (node.kind) {
    case 'enum':
      return 'string';
    case 'list':
      return 'array';
    case 'struct':
    case 'map':
      return 'object';
    case 'scalar':
      if (node.type.kind === 'int' || node.type.kind === 'float') return 'number';
      if (node.type.kind === 'bool') return 'boolean';
      return node.type.kind === 'json' ? undefined : 'string';
    default:
      return undefined;
  }
}
