import { type Place, relativePath } from './place.ts';

/** One thing that is wrong with a declaration, as help: where, what, how to mend. */
export interface Mistake {
  place: Place | undefined;
  /** The function, context or error it is about. */
  subject: string;
  message: string;
  /** The declaration in its own words, with the part that is wrong. */
  snippet?: { text: string; mark: string };
  /** What there is instead, and what was probably meant. */
  help?: string;
}

/** Thrown at start with all mistakes of a registration at once. */
export class RegistrationError extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], root: string) {
    super(`\n${mistakes.map((mistake) => printMistake(mistake, root)).join('\n\n')}\n`);
    this.name = 'RegistrationError';
    this.mistakes = mistakes;
  }
}

/** A mistake as a developer reads it. */
export function printMistake({ place, subject, message, snippet, help }: Mistake, root: string): string {
  const lines = [`${place === undefined ? '' : `${printPlace(place, root)}  `}${subject}: ${message}`];
  if (snippet !== undefined) {
    const at = snippet.text.indexOf(snippet.mark);
    lines.push(`    ${snippet.text}`);
    if (at >= 0) lines.push(`    ${' '.repeat(at)}${'^'.repeat(snippet.mark.length)}`);
  }
  if (help !== undefined) lines.push(`  ${help}`);
  return lines.join('\n');
}

/** `users/clients.ts:31`. */
export function printPlace(place: Place, root: string): string {
  return `${relativePath(place.file, root)}:${place.line}`;
}

/** The name that was probably meant: the nearest one, if it is near. */
export function suggest(given: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const name of known) {
    const far = name.toLowerCase() === given.toLowerCase() ? 0 : distance(given, name);
    if (far < least) {
      least = far;
      best = name;
    }
  }
  return best;
}

/** Edits between two short texts (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
