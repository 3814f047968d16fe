import { compareText } from '@mizan/core';
import { CHANGES_WITHOUT_MISMATCH, CONTRACT_CHANGES, type ContractChange } from '../generated/tables.ts';
import type { Change, Direction, Draft, Verdict } from './change.ts';

interface Row {
  input: Verdict;
  output: Verdict;
  inputReason: string;
  outputReason: string;
}

interface Met {
  draft: Draft;
  input: Set<string>;
  output: Set<string>;
  /** Names that `contracts.json` lists when the change is breaking. */
  names: Set<string>;
}

const severity: readonly Verdict[] = ['identical', 'compatible', 'breaking'];
const without = new Set<string>(CHANGES_WITHOUT_MISMATCH);

/** Collects differences with those who meet them, and gives each its verdict by the table. */
export class ChangeList {
  readonly #met = new Map<string, Met>();

  /** Notes that a function meets a difference. `names` are what an old client would be refused for. */
  add(draft: Draft, direction: Direction, fn: string | undefined, names: readonly string[]): void {
    const key = JSON.stringify([draft.change, draft.subject, draft.detail]);
    let met = this.#met.get(key);
    if (met === undefined) {
      met = { draft, input: new Set(), output: new Set(), names: new Set() };
      this.#met.set(key, met);
    }
    met[direction].add(fn ?? '');
    const breaks = (CONTRACT_CHANGES[draft.change] as Row)[direction] === 'breaking';
    if (breaks && !without.has(draft.change)) for (const name of names) met.names.add(name);
  }

  /** All changes, the worst first, then by subject and kind. */
  changes(): Change[] {
    return [...this.#met.values()]
      .map(toChange)
      .sort(
        (a, b) =>
          severity.indexOf(b.verdict) - severity.indexOf(a.verdict) ||
          compareText(a.subject, b.subject) ||
          compareText(a.change, b.change) ||
          compareText(a.detail, b.detail),
      );
  }

  /** Functions and contexts that changed in a breaking way, sorted. */
  changed(): string[] {
    const names = new Set<string>();
    for (const met of this.#met.values()) for (const name of met.names) names.add(name);
    return [...names].sort(compareText);
  }
}

/** The worst of some verdicts. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let found = 0;
  for (const verdict of verdicts) found = Math.max(found, severity.indexOf(verdict));
  return severity[found] as Verdict;
}

function toChange({ draft, input, output }: Met): Change {
  const row: Row = CONTRACT_CHANGES[draft.change as ContractChange];
  const ways = [
    { verdict: row.input, reason: row.inputReason, functions: input },
    { verdict: row.output, reason: row.outputReason, functions: output },
  ].filter(({ functions }) => functions.size > 0);
  const verdict = worst(ways.map((way) => way.verdict));
  const reasons = ways.filter((way) => way.verdict === verdict);
  const functions = sorted(ways.flatMap((way) => [...way.functions]));
  const said = new Map<string, string[]>();
  for (const way of reasons) said.set(way.reason, [...(said.get(way.reason) ?? []), ...way.functions]);
  const reason = [...said]
    .map(([text, names]) => (verdict === 'breaking' ? explain(text, sorted(names), draft.subject) : text))
    .join('; ');
  return { verdict, ...draft, functions, reason };
}

function explain(reason: string, functions: readonly string[], subject: string): string {
  const others = functions.filter((name) => name !== subject && !subject.startsWith(`${name}.`));
  if (others.length === 0) return reason;
  const shown = others.length > 4 ? [...others.slice(0, 3), `${others.length - 3} more`] : others;
  return `${reason} in ${shown.join(', ')}`;
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => name !== '').sort(compareText);
}
