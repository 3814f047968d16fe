import type { Contract } from '@mizan/core';
import type { ContractFinding, Place } from '@mizan/core/contract-check';
import { buildContract } from './build-contract.ts';
import { checkGrammar } from './check-grammar.ts';
import type { KdlNode } from './kdl-node.ts';
import { nodeAtPath } from './node-path.ts';
import { readCanonical } from './read-canonical.ts';
import { readKdl } from './read-kdl.ts';

/** What became of a text: the contract it states, or all that keeps it from stating one. */
export type Parsed =
  | {
      ok: true;
      contract: Contract;
      /** Where the node that a finding's path names stands in the text, for `checkContract`. */
      place: (path: string) => Place;
    }
  | { ok: false; findings: ContractFinding[] };

/**
 * Reads the text of a contract (IR-GRAMMAR): any KDL 2 text with the nodes of a contract, in any order.
 * Whether the contract makes sense is `checkContract`'s question. Never throws.
 */
export function parseContract(text: string, options: { path?: string } = {}): Parsed {
  const at = (place: Place): Place => (options.path === undefined ? place : { ...place, path: options.path });
  const nodes = readCanonical(text) ?? readKdl(text);
  const findings = isFaulty(nodes) ? nodes : checkGrammar(nodes);
  if (findings.length > 0) {
    const placed = findings.map((finding) =>
      finding.place === undefined ? finding : { ...finding, place: at(finding.place) },
    );
    return { ok: false, findings: placed };
  }
  const root = nodes[0] as KdlNode;
  return {
    ok: true,
    contract: buildContract(root),
    place: (path) => {
      const { column, line } = nodeAtPath(root, path);
      return at({ line, column });
    },
  };
}

function isFaulty(nodes: KdlNode[] | ContractFinding[]): nodes is ContractFinding[] {
  return nodes[0] !== undefined && 'message' in nodes[0];
}
