import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { contractId } from '@mizan/core/hash';
import { checkContract } from '@mizan/ir';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModel } from '../kernel/model.ts';
import type { OutputFile } from '../kernel/target.ts';
import { arbitraryContract } from '../testing/arbitrary-contract.ts';
import {
  compileGenerated,
  lintGenerated,
  temporaryFolder,
  writeGenerated,
} from '../testing/check-generated.ts';
import { nastyContract } from '../testing/nasty-contract.ts';
import { sizedContract } from '../testing/sized-contract.ts';
import { reactTarget } from './react/target.ts';
import { typescriptTarget } from './typescript/target.ts';

// Other programs start here, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const targets = [reactTarget, typescriptTarget];

describe('generated code', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function writeAll(contract: Parameters<typeof contractId>[0], into = ''): void {
    for (const target of targets) {
      const files = target.print(createModel(contract, '0123456789abcdef', places), {});
      writeGenerated(join(folder, into, target.name), files);
    }
  }

  it('is of contracts that pass the check', () => {
    expect(checkContract(nastyContract())).toEqual([]);
    for (const size of [1, 3, 10, 57]) expect(checkContract(sizedContract(size))).toEqual([]);
  });

  it('is as the formatter leaves it, for a contract full of traps', async () => {
    writeAll(nastyContract());
    expect(await lintGenerated(folder)).toBe('');
  });

  it('is as the formatter leaves it, for a large contract', async () => {
    writeAll(sizedContract(400));
    expect(await lintGenerated(folder)).toBe('');
  });

  it.each(['typescript', 'typescript-7'] as const)(
    'passes the strictest settings of %s',
    async (compiler) => {
      writeAll(nastyContract(), 'nasty');
      writeAll(sizedContract(20), 'sized');
      expect(await compileGenerated(folder, compiler)).toBe('');
    },
    120_000,
  );

  it('is formatted and compiles, whatever the contract', async () => {
    const seed = Number(process.env.MIZAN_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const contracts = fc.sample(arbitraryContract, { numRuns: 60, seed });
    for (const [at, contract] of contracts.entries()) writeAll(contract, `c${at}`);
    expect(await lintGenerated(folder), `MIZAN_SEED=${seed}`).toBe('');
    expect(await compileGenerated(folder, 'typescript-7'), `MIZAN_SEED=${seed}`).toBe('');
  }, 120_000);

  it('does not hang on the order of a contract', () => {
    const shuffle = <T>(items: readonly T[]): T[] => [...items].reverse();
    const contract = nastyContract();
    const other = {
      contexts: shuffle(contract.contexts).map((context) => ({
        ...context,
        members: shuffle(context.members),
        params: shuffle(context.params),
      })),
      errors: shuffle(contract.errors),
      functions: shuffle(contract.functions).map((fn) => ({ ...fn, errors: shuffle(fn.errors) })),
      types: shuffle(contract.types),
    };
    for (const target of targets) {
      expect(target.print(createModel(other, 'x'), {})).toEqual(target.print(createModel(contract, 'x'), {}));
    }
  });
});

const places = {
  functions: { userProfile: { path: 'server/users.ts', line: 9 } },
  types: { Profile: { path: 'server/users.ts', line: 3 } },
};

function text(files: readonly OutputFile[], path: string): string {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path} among ${files.map((one) => one.path).join(', ')}`);
  return file.text;
}

describe('names', () => {
  const files = reactTarget.print(createModel(nastyContract(), 'x', places), {});

  it('gives the contract its own names and lets derived ones give way', () => {
    const user = text(files, 'user-context.ts');
    expect(text(files, 'types.ts')).toContain('export interface UserContext {');
    expect(user).toContain('export const UserContext_: ContextComponent<');
    expect(user).toContain('export const useUser: Member<');
    expect(user).toContain('export const useUser_: Hook<');
    expect(user).toContain('export const useUserState: Hook<');
    expect(user).toContain('export const useUserState_: StateHook<');
  });

  it('keeps off words of the language, globals, and what makes a module a promise', () => {
    const calls = text(files, 'calls.ts');
    expect(calls).toContain("export const delete_: Call<DeleteArgs, null> = /* @__PURE__ */ send('delete');");
    expect(calls).toContain("send('then')");
    expect(calls).toContain('export const then_: ');
    expect(text(files, 'types.ts')).toContain('export type Promise_ = { [key: string]: never };');
  });

  it('imports by another name what a function of the contract is called like', () => {
    expect(text(files, 'user-context.ts')).toContain('  context as context_,\n');
    expect(text(files, 'contract.ts')).toContain("export const contract_ = 'x';");
  });

  it('leaves private functions and what only they reach out', () => {
    const all = files.map((file) => file.text).join('');
    expect(all).not.toContain('hidden');
    expect(all).not.toContain('Secret');
  });
});

describe('calls', () => {
  const contract = sizedContract(10);
  const merging = contract.functions.map((fn) =>
    fn.name === 'rename0' ? { ...fn, merge: [{ function: 'item0Detail', params: [] }] } : fn,
  );
  const print = (functions: typeof contract.functions) =>
    text(typescriptTarget.print(createModel({ ...contract, functions }, 'x'), {}), 'calls.ts');

  it('name neither an import nor the contract, for checking that many would take the square of the time', () => {
    const calls = print(contract.functions);
    expect(calls).toContain('function send(name: string) {\n  return call(name, contract);\n}\n');
    expect(calls.match(/= \/\* @__PURE__ \*\/ send\('\w+'\);/g)).toHaveLength(4);
    expect(calls.match(/\bcontract\b/g)).toHaveLength(4);
  });

  it('give way with the name of what they go through', () => {
    const calls = print(contract.functions.map((fn) => (fn.name === 'rate0' ? { ...fn, name: 'send' } : fn)));
    expect(calls).toContain('export const send: Call<');
    expect(calls).toContain("= /* @__PURE__ */ send_('send');");
  });

  it('bring what merges their results where the contract says so', () => {
    const calls = print(merging);
    expect(calls).toContain("call('rename0', contract, merge);");
    expect(calls).toContain("send('buy0')");
    expect(print(merging.filter(({ name }) => name === 'rename0'))).not.toContain('function send');
  });
});

describe('documentation', () => {
  const files = typescriptTarget.print(createModel(nastyContract(), 'x', places), {});

  it('comes from the contract, with places in the source', () => {
    expect(text(files, 'user-context.ts')).toContain(
      '/**\n * The profile.\n *\n * @see server/users.ts:9\n */\n',
    );
    expect(text(files, 'calls.ts')).toContain('/**\n * @deprecated Use `remove`.\n * Really.\n */\n');
  });

  it('says what the type does not', () => {
    const types = text(files, 'types.ts');
    expect(types).toContain('  /** Its number. */\n  id: number;\n');
    expect(types).toContain('  /** Default 1. */\n  page: number;\n');
  });

  it('cannot end its comment, nor hide what follows', () => {
    const all = files.map((file) => file.text).join('\n');
    expect(all).toContain('Everything about one user. *\\/ alert(1) /*');
    expect(all).not.toMatch(/[\u2028\u202e]/);
  });
});

describe('what is sent and what is received', () => {
  it('are two types where a default stands between them', () => {
    const types = text(typescriptTarget.print(createModel(nastyContract(), 'x'), {}), 'types.ts');
    const received = types.slice(
      types.indexOf('export interface Profile {'),
      types.indexOf('export interface ProfileInput {'),
    );
    const sent = types.slice(types.indexOf('export interface ProfileInput {'));
    expect(received).toContain('  page: number;\n');
    expect(sent).toContain('  page?: number;\n');
  });

  it('are one type where only one is used, and where they agree', () => {
    const types = text(typescriptTarget.print(createModel(nastyContract(), 'x'), {}), 'types.ts');
    expect(types).toContain('export interface Sketch {\n  /** Default "new". */\n  title?: string;\n}\n');
    expect(types).not.toContain('TreeInput');
  });
});

describe('the React target', () => {
  it('refuses parameters that cannot be props', () => {
    const contract = nastyContract();
    const [first] = contract.contexts;
    first?.params.push({ name: 'key', type: { kind: 'int' }, optional: false });
    const model = createModel(contract, 'x', { contexts: { user: { path: 'server/users.ts', line: 1 } } });
    expect(reactTarget.check?.(model)).toEqual([
      'server/users.ts:1  user: a parameter "key" cannot be a React prop; rename it',
    ]);
    expect(reactTarget.check?.(createModel(nastyContract(), 'x'))).toEqual([]);
  });
});

describe('imports between generated files', () => {
  it.each(['', '.js', '.ts'] as const)('end in %j when asked to', (extension) => {
    const files = typescriptTarget.print(createModel(nastyContract(), 'x'), { extension });
    expect(text(files, 'index.ts')).toContain(`export * from './user-context${extension}';\n`);
    expect(text(files, 'calls.ts')).toContain(`from './contract${extension}';\n`);
  });
});
