import type { MutantReport } from '../mutant-run.ts';
import type { Result } from '../run.ts';
import { type Cell, readCapabilities, showCell } from './board.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1.5rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .75rem; border-bottom: 1px solid var(--line); }
td.none { opacity: .5; } .bad { color: light-dark(#b3261e, #ff8a80); } .good { color: light-dark(#1b6e3c, #7bdc9f); }
details { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; margin: .4rem 0; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
`;

/** One page that a person can read: the board, what failed and why, and which case catches which mutant. */
export function printHtml(cells: Cell[], results: Result[], mutants?: MutantReport): string {
  const table = readCapabilities();
  const head = table.adapters.map(({ title }) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const rows = [...table.rows, ...table.beyond].map(({ name, title }) => {
    const shown = table.adapters.map((adapter) => showCell(table, cells, name, adapter.name));
    const tds = shown.map(
      (text) =>
        `<td class="${text === '—' ? 'none' : text.startsWith('✅') ? 'good' : 'bad'}">${inWords(text)}</td>`,
    );
    return `<tr><th scope="row">${escapeHtml(title)}</th>${tds.join('')}</tr>`;
  });
  const failed = results.filter(({ outcome }) => outcome !== 'passed');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mizan conformance</title><style>${style}</style>
<h1>Conformance</h1>
<p>${results.length - failed.length} passed, ${failed.length} not. A cell is green when every case of it passed on a running server in this run.</p>
<table><thead><tr><th scope="col">Capability</th>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>
<h2>Not passed</h2>${failed.length === 0 ? '<p>Nothing.</p>' : failed.map(showResult).join('\n')}
${mutants ? showMutants(mutants) : ''}</html>\n`;
}

/** Marks are drawn by fonts that not every machine has. */
function inWords(text: string): string {
  return text === '❌' ? 'owed' : text.replace(/^(✅|❌) /, '');
}

function showResult({ case: found, testee, message, curl, outcome }: Result): string {
  return `<details open><summary class="bad">${escapeHtml(found.id)} on ${escapeHtml(testee)} — ${outcome}, ${escapeHtml(found.clauses.join(', '))}</summary><pre>${escapeHtml(message ?? '')}</pre>${curl ? `<pre>${escapeHtml(curl)}</pre>` : ''}</details>`;
}

function showMutants(report: MutantReport): string {
  const rows = report.mutants.map(({ id, breaks }) => {
    const caught = report.catches.get(id) ?? [];
    return `<tr><td>${escapeHtml(id)}</td><td>${escapeHtml(breaks)}</td><td class="${caught.length ? 'good' : 'bad'}">${escapeHtml(caught.join(', ') || 'no case of this run')}</td></tr>`;
  });
  return `<h2>Mutants</h2><table><thead><tr><th>Mutant</th><th>Breaks</th><th>Caught by</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}
