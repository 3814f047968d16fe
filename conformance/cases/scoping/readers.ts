import { type CodeCase, Failure, type Stage } from '../../src/case.ts';
import { scopesOf, show } from '../../src/judge.ts';

/** Whether a scope of the list covers an instance: the context and every parameter agree (ADR). */
function covers(scopes: string[], address: string): boolean {
  const [context, query = ''] = address.split('?');
  const parts = new Set(query.split('&'));
  return scopes.some((scope) => {
    const [name = '', given = ''] = scope.split('?');
    return name.split('/')[0] === context && given.split('&').every((part) => part === '' || parts.has(part));
  });
}

interface Row {
  tier: string;
  fn: string;
  args: unknown;
  /** An instance that must be read again, and one that must stay. */
  stale: string;
  fresh?: string;
}

const rows: Row[] = [
  {
    tier: 'explicit',
    fn: 'assignAccount',
    args: { ownerId: 5, name: 'Ada' },
    stale: 'account?accountId=5&limit=10',
    fresh: 'account?accountId=7&limit=10',
  },
  {
    tier: 'result',
    fn: 'createAccount',
    args: { name: 'Ada' },
    stale: 'account?accountId=8&limit=10',
    fresh: 'account?accountId=5&limit=10',
  },
  {
    tier: 'dynamic',
    fn: 'announce',
    args: { accountIds: [5] },
    stale: 'account?accountId=5&limit=3',
    fresh: 'account?accountId=7&limit=3',
  },
  {
    tier: 'name',
    fn: 'renameAccount',
    args: { accountId: 5, name: 'Ada' },
    stale: 'account?accountId=5&limit=2',
    fresh: 'account?accountId=1&limit=2',
  },
  {
    tier: 'filters',
    fn: 'moveCard',
    args: { boardId: 1, cardId: 1, state: 'open' },
    stale: 'board?boardId=1&q=&state=done',
    fresh: 'board?boardId=2&q=',
  },
  { tier: 'broad', fn: 'renameThing', args: { id: 1, name: 'Ada' }, stale: 'thing?id=2' },
];

/** Two readers hold an instance each: one must be told, the other must not. */
async function check(stage: Stage, { fn, args, stale, fresh }: Row): Promise<void> {
  const scopes = scopesOf(await stage.call(fn, args));
  if (!covers(scopes, stale))
    throw new Failure(`${fn} must make ${stale} stale; it announced ${show(scopes)}`);
  if (fresh && covers(scopes, fresh))
    throw new Failure(`${fn} must leave ${fresh} alone; it announced ${show(scopes)}`);
}

export const cases: CodeCase[] = rows.map((row) => ({
  id: `scoping/two-readers-${row.tier}`,
  clauses: ['INV-1', 'ADR-12'],
  run: (stage) => check(stage, row),
}));
