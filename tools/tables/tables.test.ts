import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Constant, readConstants } from './constants.ts';
import { printPython } from './python.ts';
import { printTypeScript } from './typescript.ts';

interface Table {
  description: string;
  rows: Record<string, unknown>[];
}

interface Capabilities {
  rows: { group: string; without: string[] }[];
  adapters: { name: string }[];
  groups: { name: string }[];
}

const folder = new URL('../../spec/tables/', import.meta.url);
const read = <Shape = Table>(name: string): Shape => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

describe.each(readdirSync(folder))('spec/tables/%s', (file) => {
  const { description, rows } = read(file);

  it('says of itself and of every row what it is', () => {
    expect(description).toMatch(/\.$/);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.description).toMatch(/\.$/);
  });

  it('names every row once', () => {
    const keys = rows.map(({ name, status }) => name ?? status);
    expect(keys).not.toContain(undefined);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('spec/tables', () => {
  it('owes 90 cells of capabilities, in groups that stand together', () => {
    const { rows, adapters, groups } = read<Capabilities>('capabilities.json');
    expect(rows).toHaveLength(19);
    const names = adapters.map(({ name }) => name);
    expect(rows.flatMap(({ without }) => without).every((name) => names.includes(name))).toBe(true);
    expect(rows.reduce((cells, { without }) => cells + names.length - without.length, 0)).toBe(90);
    const order = rows.map(({ group }) => group).filter((group, at, all) => group !== all[at - 1]);
    expect(order).toStrictEqual(groups.map(({ name }) => name));
  });

  it('give host statuses the codes of errors with such a status', () => {
    const codes = new Map(read('error-codes.json').rows.map(({ name, status }) => [name, status]));
    for (const { code } of read('host-statuses.json').rows) expect(codes.get(code)).toBeGreaterThan(0);
  });

  it('allow each constraint a finding of its name', () => {
    const findings = read('finding-codes.json').rows.map(({ name }) => name);
    const constraints = read('type-kinds.json').rows.flatMap((row) => row.constraints as string[]);
    // Those of uploads are refused before there is a value.
    for (const name of constraints) expect(['accept', 'maxSize', ...findings]).toContain(name);
  });
});

describe('printing', () => {
  const constants: Constant[] = [
    { name: 'LIST', doc: 'Some texts.', value: ["it's", 'b\\c'], typeName: 'Item' },
    { name: 'ONE', doc: 'One text.', value: ['a'] },
    { name: 'RECORD', doc: 'A record.', value: { a: 1, 'b-c': 2 }, typeName: 'Key' },
    { name: 'NUMBERS', doc: 'By number.', value: { 404: 'x' } },
    {
      name: 'LONG',
      doc: 'Beyond a line.',
      value: Array.from({ length: 12 }, (_, at) => `entry-number-${at}`),
    },
    { name: 'DEEP', doc: 'Records in a record.', value: { a: { on: true, list: [] } } },
  ];

  it('gives TypeScript constants and types', () => {
    const text = printTypeScript(constants);
    expect(text).toContain("export const LIST = ['it\\'s', 'b\\\\c'] as const;");
    expect(text).toContain('export type Item = (typeof LIST)[number];');
    expect(text).toContain("export const RECORD = {\n  a: 1,\n  'b-c': 2,\n} as const;");
    expect(text).toContain('export type Key = keyof typeof RECORD;');
    expect(text).toContain("  404: 'x',");
    expect(text).toContain("export const LONG = [\n  'entry-number-0',\n");
    expect(text).toContain('  a: {\n    on: true,\n    list: [],\n  },');
  });

  it('gives Python constants and types', () => {
    const text = printPython(constants);
    expect(text).toContain('LIST: Final[tuple[str, ...]] = ("it\'s", "b\\\\c")');
    expect(text).toContain('ONE: Final[tuple[str, ...]] = ("a",)');
    expect(text).toContain('RECORD: Final[Mapping[str, int]] = {\n    "a": 1,\n    "b-c": 2,\n}');
    expect(text).toContain('NUMBERS: Final[Mapping[int, str]] = {\n    404: "x",\n}');
    expect(text).toContain('LONG: Final[tuple[str, ...]] = (\n    "entry-number-0",\n');
    expect(text).toContain('Item = Literal[\n    "it\'s",\n    "b\\\\c",\n]');
  });

  it('is the same every time', () => {
    const once = readConstants(fileURLToPath(folder));
    expect(printTypeScript(readConstants(fileURLToPath(folder)))).toBe(printTypeScript(once));
    expect(printPython(readConstants(fileURLToPath(folder)))).toBe(printPython(once));
  });
});
