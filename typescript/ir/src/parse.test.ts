import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contract, printContract } from '@mizan/core';
import { contractHash } from '@mizan/core/hash';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFinding, parseCanonical, parseContract } from './index.ts';
import type { KdlNode } from './kdl-node.ts';
import { readCanonical } from './read-canonical.ts';
import { readKdl } from './read-kdl.ts';
import { anyContract, hostileText } from './testing/arbitrary-contract.ts';
import { normalize } from './testing/normalize.ts';
import { findCorpus, readVectors } from './testing/vectors.ts';

interface Refused {
  id: string;
  text: string[];
  findings: { path: string; code: string; line?: number; column?: number }[];
}

const canonical = readVectors<{ id: string; contract: Contract; text: string[] }>('contract/canonical');
const refused = readVectors<Refused>('contract/refused');
const joined = (lines: string[]) => `${lines.join('\n')}\n`;

function parsed(text: string): Contract {
  const result = parseContract(text);
  if (!result.ok) throw new Error(result.findings.map(formatFinding).join('\n'));
  return result.contract;
}

/** Nodes as data: places and the difference between `undefined` and absent aside. */
function bare(nodes: unknown): unknown {
  return (nodes as KdlNode[]).map(({ args, children, name, props }) => ({
    name,
    args: [...args],
    props: Object.fromEntries(props),
    children: bare(children),
  }));
}

describe('reading a contract', () => {
  it.each(canonical)('$id comes back', ({ contract, text }) => {
    const result = parsed(joined(text));
    expect(normalize(result)).toEqual(normalize(withoutEmptyDocs(contract)));
    expect(printContract(result)).toBe(joined(text));
  });

  it.each(canonical)('$id is KDL to a library', ({ text }) => {
    const nodes = readKdl(joined(text));
    expect(nodes[0]).not.toHaveProperty('message');
    expect(bare(nodes)).toEqual(bare(readCanonical(joined(text))));
  });

  it('gives back what was printed, whatever it holds', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const text = printContract(contract);
        const result = parsed(text);
        expect(normalize(result)).toEqual(normalize(contract));
        expect(printContract(result)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('has one hash for a contract, its text, and its text as clients see it', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const hash = contractHash(contract);
        expect(contractHash(parsed(printContract(contract)))).toBe(hash);
        const visible = printContract(contract, { private: false });
        expect(contractHash(parsed(visible))).toBe(hash);
        expect(printContract(parsed(visible), { private: false })).toBe(visible);
      }),
      { numRuns: 200 },
    );
  });

  it('reads canonical text as the library does', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const text = printContract(contract);
        const lines = readCanonical(text);
        expect(lines).toBeDefined();
        expect(bare(lines)).toEqual(bare(readKdl(text)));
        expect(places(lines as KdlNode[])).toEqual(places(readKdl(text) as KdlNode[]));
      }),
      { numRuns: 200 },
    );
  });

  it('reads no text line by line that the library reads otherwise', () => {
    const text = printContract(canonical.find(({ id }) => id === 'function-most')?.contract as Contract);
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(8),
        fc.oneof(hostileText, fc.constantFrom('\n', '}', ' {', ' ', '"', '\\', '-', '0', '1', '/', 'true')),
        (at, cut, insert) => {
          const broken = text.slice(0, at) + insert + text.slice(at + cut);
          const lines = readCanonical(broken);
          if (lines !== undefined) expect(bare(lines)).toEqual(bare(readKdl(broken)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads any layout, order and comment', () => {
    const text = `
      // A contract by hand.
      mizan protocol=1 { type Profile { struct { field id optional=#false { int; }; }; }
        /- function "old" /* and more */
        function ${'\\'}
          websocket=#false stream=#false private=#false context=#null auth=none profile {
          output { ref #"Profile"#; }
        }
      }`;
    expect(printContract(parsed(text))).toBe(
      joined([
        'mizan protocol=1 {',
        '  function "profile" auth="none" context=#null private=#false stream=#false websocket=#false {',
        '    output {',
        '      ref "Profile"',
        '    }',
        '  }',
        '  type "Profile" {',
        '    struct {',
        '      field "id" optional=#false {',
        '        int',
        '      }',
        '    }',
        '  }',
        '}',
      ]),
    );
  });

  it('reads canonical text without the library, and leaves all else to it', () => {
    for (const { text } of canonical) {
      const result = parseCanonical(joined(text), { path: 'api.kdl' });
      expect(result?.contract).toEqual(parsed(joined(text)));
      expect(result?.place('').path).toBe('api.kdl');
    }
    expect(parseCanonical('mizan  protocol=1\n')).toBeUndefined();
    for (const { text } of refused) expect(parseCanonical(joined(text))).toBeUndefined();
  });

  it('never touches a prototype', () => {
    const text = printContract({
      contexts: [],
      errors: [],
      types: [],
      functions: [
        {
          ...(canonical.find(({ id }) => id === 'function-least')?.contract
            .functions[0] as Contract['functions'][0]),
          input: [
            {
              name: 'x',
              optional: false,
              type: { kind: 'json' },
              default: JSON.parse('{"__proto__": {"a": 1}}'),
            },
          ],
        },
      ],
    });
    const value = parsed(text).functions[0]?.input[0]?.default as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});

describe('refusing what is no contract', () => {
  it.each(refused)('$id', ({ findings, text }) => {
    const result = parseContract(joined(text), { path: 'api.kdl' });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    const found = result.findings.map(({ code, path, place }) => ({
      path,
      code,
      ...(place && { line: place.line, column: place.column }),
    }));
    expect(found).toEqual(findings);
    for (const { place } of result.findings) if (place) expect(place.path).toBe('api.kdl');
  });

  it('says where, what, and what was probably meant', () => {
    const text = printContract(canonical.find(({ id }) => id === 'function-least')?.contract as Contract);
    const result = parseContract(text.replace('auth=', 'auht='), { path: 'api.kdl' });
    expect(result.ok ? [] : result.findings.map(formatFinding)).toEqual([
      'api.kdl:2:3  function "act" has no property "auht"; it has auth, context, private, stream, websocket. Did you mean "auth"?',
      'api.kdl:2:3  function "act" lacks the property auth.',
    ]);
  });

  it.each([
    ['open nodes', 'a {\n'.repeat(10_000)],
    ['nested nodes', 'a {\n'.repeat(10_000) + '}\n'.repeat(10_000)],
    ['nested lines', nested(10_000)],
    ['comments', '/*'.repeat(10_000)],
    ['a long text', `a "${'x'.repeat(2_000_000)}"`],
    ['many arguments', `mizan ${'1 '.repeat(20_000)}`],
  ])(
    'refuses ten thousand %s before the test runs out of time, and never throws',
    { timeout: 5000 },
    (_, text) => {
      expect(parseContract(text).ok).toBe(false);
    },
  );

  it('refuses a text that its library stumbles over', () => {
    expect(parseContract('"""\\').ok).toBe(false);
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 12 }), (parts) => {
        expect(typeof parseContract(parts.join(' ')).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

describe('finding a place in the text', () => {
  const { contract, text } = canonical.find(({ id }) => id === 'function-most') as (typeof canonical)[0];
  const result = parseContract(joined(text));
  const lineOf = (path: string) => (result.ok ? text[(result.place(path).line ?? 0) - 1]?.trim() : undefined);

  it('names the node that a path stands for, or the nearest around it', () => {
    expect(contract.functions).toHaveLength(4);
    expect(lineOf('/functions/updateProfile/input/name')).toBe('field "name" optional=#false {');
    expect(lineOf('/functions/updateProfile/affects/user/userId')).toBe(
      'scope "userId" from="args" field="userId"',
    );
    expect(lineOf('/functions/userPosts/output/items')).toBe('output {');
    expect(lineOf('/contexts/user/params/userId')).toBe('param "userId" optional=#false {');
    expect(lineOf('/types/Profile/fields/id')).toBe('field "id" optional=#false {');
    expect(lineOf('/errors/OutOfStock')).toBe('error "OutOfStock" status=410 {');
    expect(lineOf('/functions/unknown')).toBe('mizan protocol=1 {');
  });
});

describe('public corpora', () => {
  const kdl = findCorpus('kdl');
  it.skipIf(kdl === undefined)('the library reads KDL as its authors say', () => {
    const folder = join(kdl ?? '', 'test_cases');
    const expected = new Set(readdirSync(join(folder, 'expected_kdl')));
    const names = readdirSync(join(folder, 'input'));
    expect(names.length).toBeGreaterThan(300);
    const wrong = names.filter((name) => {
      const nodes = readKdl(readFileSync(join(folder, 'input', name), 'utf8'));
      const read = nodes[0] === undefined || 'args' in nodes[0];
      return read !== expected.has(name);
    });
    expect(wrong).toEqual([]);
  });

  const naughty = findCorpus('naughty-strings');
  it.skipIf(naughty === undefined)('naughty strings come back from documentation, enums and defaults', () => {
    const strings: string[] = JSON.parse(readFileSync(join(naughty ?? '', 'blns.json'), 'utf8'));
    expect(strings.length).toBeGreaterThan(500);
    const base = canonical.find(({ id }) => id === 'function-least')?.contract
      .functions[0] as Contract['functions'][0];
    const functions = strings.map((doc, at) => ({
      ...base,
      name: `act${at}`,
      doc,
      output: { kind: 'enum' as const, values: [doc] },
      input: [{ name: 'x', optional: false, type: { kind: 'json' as const }, default: { [doc]: [doc] } }],
    }));
    const contract: Contract = { contexts: [], errors: [], functions, types: [] };
    const text = printContract(contract);
    expect(readCanonical(text)).toBeDefined();
    expect(bare(readCanonical(text))).toEqual(bare(readKdl(text)));
    expect(normalize(parsed(text))).toEqual(normalize(withoutEmptyDocs(contract)));
  });
});

function nested(depth: number): string {
  const lines: string[] = [];
  for (let at = 0; at < depth; at++) lines.push(`${'  '.repeat(at)}a {\n`);
  return lines.join('');
}

function places(nodes: readonly KdlNode[]): unknown {
  return nodes.map((node) => [node.line, node.column, places(node.children)]);
}

function withoutEmptyDocs(contract: Contract): Contract {
  return {
    ...contract,
    functions: contract.functions.map(({ doc, ...fn }) => (doc ? { ...fn, doc } : fn)),
  };
}
