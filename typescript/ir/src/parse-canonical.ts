import type { Contract } from '@mizan/core';
import type { ContractFinding, Place } from '@mizan/core/contract-check';
import { buildContract } from './build-contract.ts';
import { checkGrammar } from './check-grammar.ts';
import type { KdlNode } from './kdl-node.ts';
import { nodeAtPath } from './node-path.ts';
import { readCanonical } from './read-canonical.ts';

/** A contract that a text states. */
export interface ParsedContract {
  ok: true;
  contract: Contract;
  /** Where the node that a finding's path names stands in the text, for `checkContract`. */
  place: (path: string) => Place;
}

/** What became of a text: the contract it states, or all that keeps it from stating one. */
export type Parsed = ParsedContract | { ok: false; findings: ContractFinding[] };

/**
 * Reads a contract from text that is laid out as the printer lays it out, without loading a KDL library:
 * tools start sooner. Undefined for all other text, which `parseContract` reads or explains.
 */
export function parseCanonical(text: string, options: { path?: string } = {}): ParsedContract | undefined {
  const nodes = readCanonical(text);
  if (nodes === undefined) return undefined;
  const parsed = fromNodes(nodes, options.path);
  return parsed.ok ? parsed : undefined;
}

/** The contract that nodes state, or what is wrong with them. `path` is the file that findings name. */
export function fromNodes(nodes: readonly KdlNode[], path: string | undefined): Parsed {
  const findings = checkGrammar(nodes);
  if (findings.length > 0) return { ok: false, findings: placed(findings, path) };
  const root = nodes[0] as KdlNode;
  return {
    ok: true,
    contract: buildContract(root),
    place: (pointer) => {
      const { column, line } = nodeAtPath(root, pointer);
      return inFile({ line, column }, path);
    },
  };
}

/** Findings with the file that they stand in. */
export function placed(findings: readonly ContractFinding[], path: string | undefined): ContractFinding[] {
  return findings.map((finding) =>
    finding.place === undefined ? finding : { ...finding, place: inFile(finding.place, path) },
  );
}

function inFile(place: Place, path: string | undefined): Place {
  return path === undefined ? place : { ...place, path };
}
