import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addFromImport, addImportLine } from './python-imports.ts';
import { addToList, findList, readPython } from './python-source.ts';

/** What Python makes of the lists named `X`. */
function evaluate(texts: readonly string[]): unknown[] {
  const script =
    'import json, sys\nfor text in json.load(sys.stdin):\n    at = {}\n    exec(text, at)\n    print(json.dumps(list(at["X"])))';
  const printed = execFileSync('python3', ['-c', script], { input: JSON.stringify(texts), encoding: 'utf8' });
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

function add(text: string, place: 'first' | 'last'): string {
  const source = readPython(text);
  const list = findList(source, 'X');
  if (!list) throw new Error(`no list in ${text}`);
  return addToList(source, list, "'new'", place);
}

describe('addToList', () => {
  it.each([
    ['X = []\n', "X = ['new']\n", "X = ['new']\n"],
    ["X = ['a', 'b']\n", "X = ['a', 'b', 'new']\n", "X = ['new', 'a', 'b']\n"],
    [
      "X = [\n  'a',\n  'b',\n]\n",
      "X = [\n  'a',\n  'b',\n  'new',\n]\n",
      "X = [\n  'new',\n  'a',\n  'b',\n]\n",
    ],
    [
      "X: list[str] = [  # all\n    'a',\n    'b'  # the last\n]\n",
      "X: list[str] = [  # all\n    'a',\n    'b',  # the last\n    'new',\n]\n",
      "X: list[str] = [  # all\n    'new',\n    'a',\n    'b'  # the last\n]\n",
    ],
    [
      "X = (\n    'a',\n    'b')\n",
      "X = (\n    'a',\n    'b', 'new')\n",
      "X = (\n    'new',\n    'a',\n    'b')\n",
    ],
    [
      "X = ['a',\n     'b',]\nX += ['c']\n",
      "X = ['a',\n     'b', 'new']\nX += ['c']\n",
      "X = ['new', 'a',\n     'b',]\nX += ['c']\n",
    ],
    [
      "X = [\n    'a',\n    # 'b',\n    # ]\n]  # end\n",
      "X = [\n    'a',\n    'new',\n    # 'b',\n    # ]\n]  # end\n",
      "X = [\n    'new',\n    'a',\n    # 'b',\n    # ]\n]  # end\n",
    ],
  ])('adds to %j', (text, last, first) => {
    expect(add(text, 'last')).toBe(last);
    expect(add(text, 'first')).toBe(first);
  });

  it('adds one item and changes no other, however the list is written', () => {
    const blank = fc.constantFrom('', ' ', '\n    ', '  # it"s ]\n    ', '\n\n    # [\n    ');
    const item = fc.constantFrom("'a'", '"b#]"', "'''c\n('''", "r'd'", "('e', [1])", "'f' 'g'");
    const list = fc
      .tuple(
        fc.array(fc.tuple(blank, item, blank), { maxLength: 4 }),
        fc.boolean(),
        blank,
        fc.constantFrom('', ' + ["z"]'),
      )
      .map(([items, comma, end, more]) => {
        const body = items.map(([before, text, after]) => before + text + after).join(',');
        return `"""X = [ here"""\nX = [${body}${comma && items.length > 0 ? ',' : ''}${end}]${more}\n`;
      });
    const lists = fc.sample(list, 300);
    const before = evaluate(lists) as unknown[][];
    const extra = lists.map((text) => Number(text.endsWith(' + ["z"]\n')));
    const insert = (items: unknown[], at: number) => [...items.slice(0, at), 'new', ...items.slice(at)];
    expect(evaluate(lists.map((text) => add(text, 'first')))).toEqual(
      before.map((items) => insert(items, 0)),
    );
    expect(evaluate(lists.map((text) => add(text, 'last')))).toEqual(
      before.map((items, at) => insert(items, items.length - (extra[at] as number))),
    );
  });

  it.each([
    'X = make()\n',
    'Y = []\n',
    'X = []\nX = []\n',
    'def f():\n    X = []\n',
    '# X = []\n',
    'X = [\n',
  ])('finds no list in %j', (text) => expect(findList(readPython(text), 'X')).toBeUndefined());
});

describe('imports of Python', () => {
  it.each([
    ['from django.urls import path\n', 'from django.urls import include, path\n'],
    ['from django.urls import include, path  # urls\n', undefined],
    ['from django.urls import re_path  # urls\n', 'from django.urls import include, path, re_path  # urls\n'],
    [
      'from django.urls import (\n    path,\n    re_path,\n)\n',
      'from django.urls import (\n    include,\n    path,\n    re_path,\n)\n',
    ],
    ['from django.urls import (path, re_path)\n', 'from django.urls import (include, path, re_path)\n'],
    [
      '"""from django.urls import path\n\nmore\n"""\nimport os\n\nX = 1\n',
      '"""from django.urls import path\n\nmore\n"""\nimport os\nfrom django.urls import include, path\n\nX = 1\n',
    ],
  ])('brings the names into %j', (text, wanted) => {
    expect(addFromImport(text, 'django.urls', ['include', 'path'])).toBe(wanted ?? text);
  });

  it.each([
    ['', 'NEW\n'],
    ['x = 1\n', 'NEW\nx = 1\n'],
    ['#!/usr/bin/env python\n# coding\nx = 1\n', '#!/usr/bin/env python\n# coding\n\nNEW\nx = 1\n'],
    ['"""What it is."""\nx = 1\n', '"""What it is."""\n\nNEW\nx = 1\n'],
    [
      'import a\nfrom b import (\n    c,\n)\n\nx = 1\nimport d\n',
      'import a\nfrom b import (\n    c,\n)\nNEW\n\nx = 1\nimport d\n',
    ],
    ['from a import b, \\\n    c\nx = 1\n', 'from a import b, \\\n    c\nNEW\nx = 1\n'],
  ])('stand after the first imports of %j', (text, wanted) => {
    expect(addImportLine(text, 'NEW')).toBe(wanted);
  });
});
