import { getLocation, InvalidKdlError, type Node, parse, type Value } from '@bgotink/kdl';
import type { ContractFinding } from '@mizan/core/contract-check';
import { type KdlNode, type KdlValue, OddValue } from './kdl-node.ts';

/** Nodes inside of each other: more than the deepest default value needs. */
const maxDepth = 200;

/** At most so many faults of syntax are told; the first is what counts. */
const maxFaults = 20;

const plainInteger = /^(?:0|-?[1-9][0-9]*)$/;

/** Reads any KDL 2 document, or says at which line and column it is none. Never throws. */
export function readKdl(text: string): KdlNode[] | ContractFinding[] {
  let document: ReturnType<typeof parse>;
  try {
    document = parse(text, { storeLocations: true });
  } catch (error) {
    if (isOverflow(error)) return [tooDeep];
    if (error instanceof InvalidKdlError) return [...error.flat()].slice(0, maxFaults).map(fromError);
    // The library stumbles over a few texts that are no KDL (`"""\\` is one) and throws whatever comes of it.
    return [
      { path: '', code: 'syntax', message: 'This is not KDL: a text in it does not end as it should.' },
    ];
  }
  try {
    return document.nodes.map((node) => fromNode(node, 1));
  } catch (error) {
    if (error instanceof TooDeep || isOverflow(error)) return [tooDeep];
    throw error;
  }
}

const tooDeep: ContractFinding = {
  path: '',
  code: 'too-deep',
  message: `The document is nested more than ${maxDepth} levels deep.`,
};

class TooDeep extends Error {}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.message.includes('call stack'));
}

function fromError(error: InvalidKdlError): ContractFinding {
  const message = `This is not KDL: ${error.message.replace(/ at (\d+:\d+|end of input)$/, '')}.`;
  return {
    path: '',
    code: 'syntax',
    message,
    ...(error.start && { place: { line: error.start.line, column: error.start.column } }),
  };
}

function fromNode(node: Node, depth: number): KdlNode {
  if (depth > maxDepth) throw new TooDeep();
  const args: KdlValue[] = [];
  const props = new Map<string, KdlValue>();
  let flaws: string[] | undefined;
  for (const entry of node.entries) {
    const name = entry.getName();
    if (name === null) args.push(fromValue(entry.value));
    else if (props.has(name)) flaws = [...(flaws ?? []), `property ${JSON.stringify(name)} is given twice`];
    else props.set(name, fromValue(entry.value));
  }
  const tag = node.getTag();
  if (tag !== null) flaws = [...(flaws ?? []), `a node has no annotation, but this one has (${tag})`];
  const start = getLocation(node)?.start;
  return {
    name: node.getName(),
    args,
    props,
    children: node.children ? node.children.nodes.map((child) => fromNode(child, depth + 1)) : [],
    line: start?.line ?? 1,
    column: start?.column ?? 1,
    flaws,
  };
}

function fromValue(value: Value): KdlValue {
  const plain = value.value;
  const tag = value.getTag() ?? undefined;
  const text = typeof plain === 'number' ? (value.representation ?? String(plain)) : undefined;
  const odd = text !== undefined && !plainInteger.test(text) ? text : undefined;
  return tag === undefined && odd === undefined ? plain : new OddValue(plain, tag, odd);
}
