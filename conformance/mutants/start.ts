import { type Mutant, withBody, withError } from '../src/mutant.ts';
import { callOf } from './bend.ts';

/** Mutants of what happens before the first request: registration and the exported contract. */
export const mutants: Mutant[] = [
  ...['clash', 'unknownContext', 'contextParam', 'mergeType', 'wireless'].map(
    (name): Mutant => ({
      id: `lets-pass-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      breaks: `The mistake ${name} is not found.`,
      clauses: ['REG'],
      start: (settings) => ({
        ...settings,
        mistakes: (settings.mistakes ?? []).filter((mistake) => mistake !== name),
      }),
    }),
  ),
  {
    id: 'reports-the-first-mistake',
    breaks: 'Only the first mistake is reported.',
    clauses: ['REG'],
    start: (settings) => ({ ...settings, mistakes: (settings.mistakes ?? []).slice(0, 1) }),
  },
  {
    id: 'names-no-place',
    breaks: 'A mistake is reported without file and line.',
    clauses: ['REG'],
    words: (message) => message.replace(/[\w./-]+\.(ts|py|rs):\d+/g, 'somewhere'),
  },
  {
    id: 'forgets-a-function',
    breaks: 'A function of the application is not found.',
    clauses: ['REG'],
    after: (outcome, sent) => (callOf(sent)?.fn === 'buy' ? withError(outcome, 404, 'NOT_FOUND') : outcome),
  },
  {
    id: 'does-not-sort-the-contract',
    breaks: 'Fields are in the order in which they were declared.',
    clauses: ['IR'],
    exported(text) {
      const lines = text.split('\n');
      const at = lines.findIndex((line) => line.startsWith('  function "'));
      return [...lines.slice(0, at), ...lines.slice(at).reverse()].join('\n');
    },
  },
  {
    id: 'prints-another-contract-each-time',
    breaks: 'Two exports differ.',
    clauses: ['IR'],
    exported: (() => {
      let count = 0;
      return (text: string) => (++count % 3 === 0 ? `${text}\n` : text);
    })(),
  },
  {
    id: 'shows-private-functions',
    breaks: 'A private function stands in /contract/.',
    clauses: ['IR'],
    after: (outcome, sent) =>
      sent.kind === 'request' && sent.request.path === '/contract/' && outcome.status === 200
        ? {
            ...outcome,
            text: outcome.text.replace(
              'function "',
              'function "settleAccount" private=#true {\n  }\n  function "',
            ),
          }
        : outcome,
  },
  {
    id: 'serves-the-contract-in-production',
    breaks: '/contract/ is open in production.',
    clauses: ['IR'],
    after: (outcome, sent) =>
      sent.kind === 'request' && sent.request.path === '/contract/' && outcome.status === 404
        ? withBody({ ...outcome, status: 200 }, {})
        : outcome,
  },
];
