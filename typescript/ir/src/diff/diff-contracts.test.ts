import { type Contract, compileCheck, compileFields, type FunctionDecl } from '@mizan/core';
import { contractHash } from '@mizan/core/hash';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractSketch, completeContract } from '../../../core/src/testing/complete-contract.ts';
import { type ContractDiff, checkContract, diffContracts } from '../index.ts';
import { validContract } from '../testing/arbitrary-valid-contract.ts';
import { objectsOf, unbound, valuesOf, withoutBounds } from '../testing/arbitrary-value.ts';
import { editedContract } from '../testing/edit-contract.ts';
import { readPage, readTable, readVectors } from '../testing/vectors.ts';

interface Vector extends ContractDiff {
  id: string;
  old: ContractSketch;
  new: ContractSketch;
}

const cases = readVectors<Vector>('contract/diff');

describe('comparing two contracts', () => {
  it.each(cases)('$id', ({ changed, changes, new: now, old, verdict }) => {
    const [a, b] = [completeContract(old), completeContract(now)];
    expect(checkContract(a)).toEqual([]);
    expect(checkContract(b)).toEqual([]);
    expect(diffContracts(a, b)).toEqual({ verdict, changes, changed });
    expect(contractHash(a) === contractHash(b)).toBe(verdict === 'identical');
  });

  it('has a vector for each kind of change, and each way it travels', () => {
    const rows = readTable<{ name: string; input: string; output: string }>('contract-changes');
    const seen = new Set(
      cases.flatMap(({ changes }) => changes.map((one) => `${one.change} ${one.verdict}`)),
    );
    const missing = rows
      .flatMap((row) => [`${row.name} ${row.input}`, `${row.name} ${row.output}`])
      .filter((one) => !seen.has(one));
    expect(missing).toEqual([]);
  });

  it('is written down as the table has it', () => {
    const page = readPage('ir/diff.md');
    const rows = readTable<Record<string, string>>('contract-changes');
    const missing = rows.filter(({ description, input, inputReason, name, output, outputReason }) => {
      const one = `| \`${name}\` | ${description} | ${input}: ${inputReason} |\n`;
      const two = `| \`${name}\` | ${description} | ${input}: ${inputReason} | ${output}: ${outputReason} |\n`;
      return !page.includes(
        input === output && inputReason === outputReason && page.includes(one) ? one : two,
      );
    });
    expect(missing).toEqual([]);
  });

  it('asks for no field order, and says nothing of a contract and itself', () => {
    fc.assert(
      fc.property(validContract, (contract) => {
        const copy = {
          ...contract,
          functions: [...contract.functions].reverse(),
          types: [...contract.types].reverse(),
        };
        expect(diffContracts(contract, copy)).toEqual({ verdict: 'identical', changes: [], changed: [] });
      }),
    );
  });

  it('calls contracts identical exactly when they have one hash', () => {
    fc.assert(
      fc.property(validContract, validContract, (old, now) => {
        expect(checkContract(old)).toEqual([]);
        const { changed, changes, verdict } = diffContracts(old, now);
        expect(verdict === 'identical').toBe(contractHash(old) === contractHash(now));
        expect(changes.some((change) => change.verdict === 'breaking')).toBe(verdict === 'breaking');
        if (verdict !== 'breaking') expect(changed).toEqual([]);
        for (const change of changes) expect(change.reason).not.toBe('');
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  it('tells neighbours apart exactly when they have two hashes', () => {
    fc.assert(
      fc.property(editedContract, ([old, now]) => {
        const { verdict } = diffContracts(old, now);
        expect(verdict === 'identical').toBe(contractHash(old) === contractHash(now));
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  it('lets old clients send to a function that did not change what they sent before', () => {
    fc.assert(
      fc.property(editedContract, fc.gen(), ([old, now], pick) => {
        const { changed } = diffContracts(old, now);
        for (const [before, after] of shared(old, now)) {
          if (changed.includes(before.name)) continue;
          const args = pick(() => objectsOf(before.input, old.types));
          expect(compileFields(before.input, old.types, 'input')(args).ok).toBe(true);
          expect(compileFields(after.input, now.types, 'input')(args)).toHaveProperty('ok', true);
        }
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  it('lets old clients read from a function that did not change what it answers now', () => {
    fc.assert(
      fc.property(editedContract, fc.gen(), ([old, now], pick) => {
        const { changed } = diffContracts(old, now);
        for (const [before, after] of shared(old, now)) {
          // What returned nothing is not read.
          if (changed.includes(before.name) || before.output.kind === 'null') continue;
          const result = pick(() => valuesOf(after.output, now.types));
          const readable = compileCheck(unbound(before.output), withoutBounds(old.types), 'output')(result);
          expect(readable).toHaveProperty('ok', true);
        }
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });
});

/** Functions that both contracts have, for clients to call. */
function shared(old: Contract, now: Contract): [FunctionDecl, FunctionDecl][] {
  return old.functions.flatMap((before): [FunctionDecl, FunctionDecl][] => {
    const after = now.functions.find(({ name }) => name === before.name);
    return after === undefined || before.private || after.private ? [] : [[before, after]];
  });
}
