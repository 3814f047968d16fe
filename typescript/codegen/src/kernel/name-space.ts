/**
 * Hands out names so that no two are equal. Who asks first gets
 * the wanted name; who comes later, or wants a reserved word, gets it with `_` at its end.
 */
export class NameSpace {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** Takes `wanted`, or the nearest free name. */
  take(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    return name;
  }

  /** Whether a name has been handed out or is reserved. */
  has(name: string): boolean {
    return this.#taken.has(name);
  }
}

/** `userProfile` as `UserProfile`. */
export function pascalFromCamel(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `userProfile` as `user-profile`. Different names stay different. */
export function kebabFromCamel(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
