import type { ClientAnswer } from '../src/clients/client.ts';
import type { Mutant } from '../src/mutant.ts';

const failed = (answer: ClientAnswer, change: (code: string | undefined) => object): ClientAnswer =>
  answer.ok ? answer : { ...answer, error: change(answer.error.code) };
const client = (
  id: string,
  breaks: string,
  bend: (answer: ClientAnswer, op: string) => ClientAnswer,
): Mutant => ({ id, breaks, clauses: ['ERR'], client: bend });

/** Clients that break one rule each. */
export const mutants: Mutant[] = [
  client('client-crashes-on-garbage', 'An answer that is none crashes the client.', (answer) =>
    failed(answer, (code) =>
      code === 'BAD_RESPONSE' || code === 'OUTCOME_UNKNOWN' ? { crash: 'SyntaxError' } : { code },
    ),
  ),
  client('client-takes-garbage-for-data', 'A bundle that was cut is shown.', (answer, op) =>
    op === 'read' && !answer.ok && answer.error.code === 'BAD_RESPONSE'
      ? { id: answer.id, ok: true, value: {} }
      : answer,
  ),
  client('client-calls-everything-network', 'What went wrong is not told apart.', (answer) =>
    failed(answer, () => ({ code: 'INTERNAL' })),
  ),
  client('client-drops-details', 'A declared error loses its fields.', (answer) =>
    failed(answer, (code) => ({ code, details: null })),
  ),
  client('client-hides-what-it-read', 'A read answers nothing.', (answer, op) =>
    op === 'read' && answer.ok ? { ...answer, value: null } : answer,
  ),
  client('client-shows-old-answers', 'An older answer replaces a newer one.', (answer, op) => {
    const data =
      op === 'state' && answer.ok ? JSON.stringify(answer.value).replace('at 9', 'at 4') : undefined;
    return data === undefined ? answer : { id: answer.id, ok: true, value: JSON.parse(data) };
  }),
  client('client-never-refreshes', 'What is shown is never fresh again.', (answer, op) =>
    op === 'state' && answer.ok ? { ...answer, value: { ...(answer.value as object), stale: true } } : answer,
  ),
  client(
    'client-tells-every-mismatch',
    'The event of another contract is raised for every answer.',
    (answer, op) =>
      op === 'mismatches' && answer.ok
        ? { ...answer, value: [...(answer.value as unknown[]), ...(answer.value as unknown[])] }
        : answer,
  ),
];
