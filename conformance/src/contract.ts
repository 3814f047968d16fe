import { readFileSync } from 'node:fs';
import { type Node, parse } from '@bgotink/kdl';

/** The pinned contract as nodes of the KDL library: the referee has no model of its own. */
export interface FixtureFunction {
  name: string;
  private: boolean;
  context: string | null;
  input: Map<string, FixtureField>;
}

/** A field with its type node. */
export interface FixtureField {
  type: Node;
  optional: boolean;
  hasDefault: boolean;
}

/** What the differential run needs to know of the fixture. */
export interface Fixture {
  functions: FixtureFunction[];
  contexts: Map<string, Map<string, FixtureField>>;
  types: Map<string, Node>;
}

const nodes = (node: Node | undefined, name?: string): Node[] =>
  (node?.children?.nodes ?? []).filter((child) => name === undefined || child.getName() === name);
const child = (node: Node | undefined, name: string): Node | undefined => nodes(node, name)[0];
/** The type node of a field, an output or a wrapper: the last child. */
export const typeOf = (node: Node): Node => nodes(node).at(-1) as Node;
/** The children of a node, by name or all. */
export { nodes as childrenOf };

/** Reads `app/app.kdl` with an official KDL parser. */
export function readFixture(): Fixture {
  const text = readFileSync(new URL('../app/app.kdl', import.meta.url), 'utf8');
  const root = parse(text).nodes[0];
  return {
    functions: nodes(root, 'function').map((node) => ({
      name: String(node.getArgument(0)),
      private: node.getProperty('private') === true,
      context: (node.getProperty('context') as string | null) ?? null,
      input: fieldsOf(child(node, 'input'), 'field'),
    })),
    contexts: new Map(
      nodes(root, 'context').map((node) => [String(node.getArgument(0)), fieldsOf(node, 'param')]),
    ),
    types: new Map(nodes(root, 'type').map((node) => [String(node.getArgument(0)), typeOf(node)])),
  };
}

/** The fields of a node, by name. */
export function fieldsOf(node: Node | undefined, kind: 'field' | 'param'): Map<string, FixtureField> {
  return new Map(
    nodes(node, kind).map((field) => [
      String(field.getArgument(0)),
      {
        type: typeOf(field),
        optional: field.getProperty('optional') === true,
        hasDefault: child(field, 'default') !== undefined,
      },
    ]),
  );
}
