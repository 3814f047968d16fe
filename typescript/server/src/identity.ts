/** Who is calling. `id` is text, because a token knows it only as text. */
export interface Identity {
  readonly id: string;
  readonly staff: boolean;
  readonly superuser: boolean;
  readonly permissions: readonly string[];
  /** Compares safely with an id of another type. */
  hasId(id: string | number | bigint | null | undefined): boolean;
}

/** What `identify` may answer for a caller. */
export interface IdentityFacts {
  id: string | number | bigint;
  staff?: boolean;
  superuser?: boolean;
  permissions?: readonly string[];
}

/** Makes an identity: `identity({ id: 5, staff: true })`. */
export function identity(facts: IdentityFacts): Identity {
  if (facts instanceof Caller) return facts;
  return new Caller(facts);
}

class Caller implements Identity {
  readonly id: string;
  readonly staff: boolean;
  readonly superuser: boolean;
  readonly permissions: readonly string[];

  constructor({ id, staff = false, superuser = false, permissions = [] }: IdentityFacts) {
    this.id = String(id);
    if (this.id === '') throw new TypeError('The id of an identity is empty');
    this.staff = staff;
    this.superuser = superuser;
    this.permissions = permissions;
  }

  hasId(id: string | number | bigint | null | undefined): boolean {
    return id !== null && id !== undefined && String(id) === this.id;
  }
}

/** Whether two callers are one and may do the same. */
export function sameIdentity(a: Identity | null, b: Identity | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.id === b.id &&
    a.staff === b.staff &&
    a.superuser === b.superuser &&
    sameTexts(a.permissions, b.permissions)
  );
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const left = [...a].sort();
  const right = [...b].sort();
  return left.every((text, at) => text === right[at]);
}
