import type { Contract } from '@mizan/core';
import { type ContractFinding, checkContract, formatFinding, parseContract } from '@mizan/ir';
import { Mend } from '../mend.ts';

/** The contract that a text states. Throws a `Mend` with every finding, each with its line in `path`. */
export function readContract(text: string, path: string, files: readonly string[] = []): Contract {
  const parsed = parseContract(text, { path });
  if (!parsed.ok) throw refuse(path, files, parsed.findings);
  const findings = checkContract(parsed.contract);
  if (findings.length > 0) {
    throw refuse(
      path,
      files,
      findings.map((finding) => ({ ...finding, place: finding.place ?? parsed.place(finding.path) })),
    );
  }
  return parsed.contract;
}

function refuse(path: string, files: readonly string[], findings: readonly ContractFinding[]): Mend {
  const count = findings.length === 1 ? 'one thing' : `${findings.length} things`;
  return new Mend(`this is not a contract that Mizan can use: ${count} to mend`, {
    where: path,
    detail: findings.map(formatFinding).join('\n'),
    mend: 'Export it again (npx mizan contract); contracts are not written by hand.',
    files,
  });
}
