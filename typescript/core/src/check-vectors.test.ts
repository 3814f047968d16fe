import { describe, expect, it } from 'vitest';
import { compileCheck, type Direction } from './check.ts';
import type { Type, TypeDecl } from './contract.ts';
import type { Finding } from './findings.ts';
import { compilePattern } from './regexp.ts';
import { readVectors } from './testing/vectors.ts';

interface ValueCase {
  id: string;
  clause: string;
  type: Type;
  types?: TypeDecl[];
  direction: Direction | 'both';
  value?: unknown;
  text?: string;
  ok: boolean;
  out?: unknown;
  findings?: Omit<Finding, 'message'>[];
}

const files = [
  'string',
  'pattern',
  'numbers',
  'number-texts',
  'dates',
  'texts',
  'json',
  'containers',
  'structs',
  'unions',
];

describe.each(files)('spec/vectors/values/%s', (file) => {
  const cases = readVectors<ValueCase>(`values/${file}`);
  it.each(cases.flatMap(withDirections))('$id ($direction)', (vector) => {
    const given = vector.text === undefined ? vector.value : JSON.parse(vector.text);
    const before = JSON.stringify(given);
    const result = compileCheck(vector.type, vector.types ?? [], vector.direction)(given);
    expect(JSON.stringify(given)).toBe(before);
    if (result.ok) {
      expect({ ok: true, out: result.value }).toStrictEqual({ ok: vector.ok, out: expectedOutput(vector) });
      const again = compileCheck(vector.type, vector.types ?? [], vector.direction)(result.value);
      expect(again).toStrictEqual(result);
    } else {
      const findings = result.findings.map(({ path, code }) => ({ path, code }));
      expect({ ok: false, findings }).toStrictEqual({ ok: vector.ok, findings: vector.findings });
      expect(result.findings.every(({ message }) => message !== '')).toBe(true);
    }
  });
});

describe('spec/vectors/values/regexp', () => {
  const cases = readVectors<{ id: string; pattern: string; ok: boolean }>('values/regexp');
  it.each(cases)('$id', ({ pattern, ok }) => {
    if (ok) expect(compilePattern(pattern).test('\u0000 matches nothing')).toBe(false);
    else expect(() => compilePattern(pattern)).toThrow(SyntaxError);
  });
});

function withDirections(vector: ValueCase): (ValueCase & { direction: Direction })[] {
  const directions: Direction[] = vector.direction === 'both' ? ['input', 'output'] : [vector.direction];
  return directions.map((direction) => ({ ...vector, direction }));
}

function expectedOutput(vector: ValueCase): unknown {
  return 'out' in vector ? vector.out : vector.value;
}
