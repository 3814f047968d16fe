import type { AuthKind } from '@mizan/core';
import { type Failure, refusal } from './failure.ts';
import type { Identity } from './identity.ts';

const UNAUTHENTICATED = refusal('UNAUTHENTICATED', 'Sign in first');
const FORBIDDEN = refusal('FORBIDDEN', 'Not allowed');

/** The guard that looks at the caller only and runs before arguments are checked (REF-3). */
export function staticGuard(auth: AuthKind, who: Identity | null): Failure | undefined {
  switch (auth) {
    case 'none':
      return undefined;
    case 'user':
    case 'custom':
      return who === null ? UNAUTHENTICATED : undefined;
    case 'staff':
      return who === null ? UNAUTHENTICATED : who.staff ? undefined : FORBIDDEN;
    case 'superuser':
      return who === null ? UNAUTHENTICATED : who.superuser ? undefined : FORBIDDEN;
  }
}

/** What a guard function that answered false means. */
export function guardRefusal(): Failure {
  return FORBIDDEN;
}
