import type { ContractFinding } from '@mizan/core/contract-check';
import type { KdlNode } from './kdl-node.ts';
import { fromNodes, type Parsed, placed } from './parse-canonical.ts';
import { readCanonical } from './read-canonical.ts';
import { readKdl } from './read-kdl.ts';

/**
 * Reads the text of a contract (IR-GRAMMAR): any KDL 2 text with the nodes of a contract, in any order.
 * Whether the contract makes sense is `checkContract`'s question. Never throws.
 */
export function parseContract(text: string, options: { path?: string } = {}): Parsed {
  const nodes = readCanonical(text) ?? readKdl(text);
  return isFaulty(nodes)
    ? { ok: false, findings: placed(nodes, options.path) }
    : fromNodes(nodes, options.path);
}

function isFaulty(nodes: KdlNode[] | ContractFinding[]): nodes is ContractFinding[] {
  return nodes[0] !== undefined && 'message' in nodes[0];
}
