import { expect, it } from 'vitest';
import { applyDiff } from './apply-diff.mjs';

const text = 'APPS = [\n    "one",\n]\nROOT = "urls"\n';

it('puts lines where their neighbours stand', () => {
  const diff =
    '--- a/settings.py\n+++ b/settings.py\n@@\n APPS = [\n+    "mizan",\n@@\n-ROOT = "urls"\n+ROOT = "all"\n';
  expect(applyDiff(diff, () => text)).toEqual([
    { path: 'settings.py', text: 'APPS = [\n    "mizan",\n    "one",\n]\nROOT = "all"\n' },
  ]);
});

it('refuses what is not there, and what is there twice', () => {
  const change = (line: string) => applyDiff(`+++ b/settings.py\n-${line}\n`, () => `${text}]\n`);
  expect(() => change('NOPE')).toThrow('settings.py holds these lines 0 times');
  expect(() => change(']')).toThrow('settings.py holds these lines 2 times');
});
