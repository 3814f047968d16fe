import { readFileSync } from 'node:fs';
import { type CodeCase, Failure } from '../../src/case.ts';

const pinned = readFileSync(new URL('../../app/app.kdl', import.meta.url), 'utf8');
/** The first line that differs, with its number. */
function compare(seen: string, what: string): void {
  if (seen === pinned) return;
  const a = seen.split('\n');
  const b = pinned.split('\n');
  const at = a.findIndex((line, i) => line !== b[i]);
  throw new Failure(
    `${what} differs from app.kdl at line ${at + 1}\n  expected ${b[at] ?? '(end)'}\n  saw      ${a[at] ?? '(end)'}`,
  );
}

export const cases: CodeCase[] = [
  {
    id: 'contract/exported-without-a-server',
    clauses: ['IR-CANON-1'],
    run: async (stage) => compare(await stage.exportContract(), 'the exported contract'),
  },
  {
    id: 'contract/the-same-twenty-times',
    clauses: ['IR-CANON-1'],
    limit: 300_000,
    async run(stage) {
      const seeds = Array.from({ length: 20 }, (_, i) => String(i * 7919));
      for (let i = 0; i < seeds.length; i += 2)
        await Promise.all(
          seeds
            .slice(i, i + 2)
            .map(async (seed) =>
              compare(
                await stage.exportContract({ PYTHONHASHSEED: seed, TZ: 'Asia/Tokyo', LC_ALL: 'C' }),
                `export ${seed}`,
              ),
            ),
        );
    },
  },
  {
    id: 'contract/served-in-development-without-private-functions',
    clauses: ['HTTP-1', 'IR-VISIBLE-1'],
    http: true,
    settings: { development: true },
    async run(stage) {
      const outcome = await stage.request({ method: 'GET', path: '/contract/' });
      if (outcome.status !== 200) throw new Failure(`status 200 was expected; saw ${outcome.status}`);
      if (outcome.text.includes('settleAccount')) throw new Failure('a private function shows in /contract/');
      if (!outcome.text.includes('function "settleThrough"'))
        throw new Failure('a public function is missing in /contract/');
      if (!outcome.text.startsWith('mizan protocol=1 {\n'))
        throw new Failure(`not a contract: ${outcome.text.slice(0, 80)}`);
    },
  },
  {
    id: 'contract/not-served-in-production',
    clauses: ['HTTP-1'],
    http: true,
    async run(stage) {
      const outcome = await stage.request({ method: 'GET', path: '/contract/' });
      if (outcome.status !== 404) throw new Failure(`NOT_FOUND was expected; saw ${outcome.status}`);
    },
  },
];
