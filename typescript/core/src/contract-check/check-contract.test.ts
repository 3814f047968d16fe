import { describe, expect, it } from 'vitest';
import { CONTRACT_FINDING_CODES } from '../generated/tables.ts';
import { compileAddress, compileFields, printContract } from '../index.ts';
import { type ContractSketch, completeContract } from '../testing/complete-contract.ts';
import { readVectors } from '../testing/vectors.ts';
import { checkContract, formatFinding, suggest } from './index.ts';

interface Vector {
  id: string;
  clause: string;
  contract: ContractSketch;
  findings: { path: string; code: string }[];
}

const cases = readVectors<Vector>('contract/check');
const int = { kind: 'int' as const };

describe('checking a contract', () => {
  it.each(cases)('$id', ({ contract, findings }) => {
    const found = checkContract(completeContract(contract));
    expect(found.map(({ code, path }) => ({ path, code }))).toEqual(findings);
    for (const { message } of found) expect(message).toMatch(/^\S.*[.?]$/);
  });

  it.each(cases.filter(({ findings }) => findings.length === 0))(
    '$id prints and compiles',
    ({ contract }) => {
      const complete = completeContract(contract);
      expect(printContract(complete)).toMatch(/^mizan protocol=1/);
      for (const fn of complete.functions) {
        compileFields(fn.input, complete.types, 'input');
        compileFields([{ name: 'x', type: fn.output, optional: false }], complete.types, 'output');
      }
      for (const context of complete.contexts) compileAddress(context, complete.types);
    },
  );

  it('has a vector for each finding, and no other', () => {
    const seen = new Set(cases.flatMap(({ findings }) => findings.map(({ code }) => code)));
    const refused = readVectors<{ findings: { code: string }[] }>('contract/refused');
    for (const { findings } of refused) for (const { code } of findings) seen.add(code);
    expect([...seen].sort()).toEqual([...CONTRACT_FINDING_CODES].sort());
  });
});

describe('what a finding says', () => {
  const mistaken = completeContract({
    contexts: [{ name: 'user', params: [{ name: 'userId', type: int }] }],
    functions: [
      { name: 'profile', context: 'user', input: [{ name: 'userId', type: int }] },
      {
        name: 'publish',
        input: [{ name: 'authorId', type: int }],
        affects: [{ context: 'user', params: [{ param: 'userid', from: 'args', field: 'authorID' }] }],
      },
    ],
  });

  it('is what, where, and how to mend it, all findings at once', () => {
    expect(checkContract(mistaken).map(formatFinding)).toEqual([
      '/functions/publish/affects/user/userid  publish: user has no parameter "userid". It has userId: int. Did you mean "userId"?',
      '/functions/publish/affects/user/userid  publish: user.userid comes from "authorID", which is no argument. Did you mean "authorId"?',
    ]);
  });

  it('names the place in the source where it is known', () => {
    const sources = {
      functions: { publish: { path: 'users/clients.ts', line: 31 } },
      contexts: {},
      errors: {},
      types: {},
    };
    const [finding] = checkContract(mistaken, { sources });
    expect(finding?.place).toEqual({ path: 'users/clients.ts', line: 31 });
    expect(finding && formatFinding(finding)).toMatch(/^users\/clients\.ts:31 {2}publish: user has no/);
  });

  it('names no place that is not known', () => {
    const sources = { functions: {}, contexts: {}, errors: {}, types: {} };
    expect(checkContract(mistaken, { sources })[0]).not.toHaveProperty('place');
  });
});

describe('suggestions', () => {
  it.each([
    ['userid', ['userId', 'page'], ' Did you mean "userId"?'],
    ['pgae', ['userId', 'page'], ' Did you mean "page"?'],
    ['x', ['y', 'z'], ' Did you mean "y"?'],
    ['x', ['page'], ''],
    ['title', ['userId', 'page'], ''],
    ['title', [], ''],
  ])('%s among %j', (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });
});
