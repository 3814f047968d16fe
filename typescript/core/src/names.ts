import { ERROR_STATUS, LIMITS } from './generated/tables.ts';

/** Whether a text may be the wire name of a function, parameter, field, context or form (spec clause NAME-1). */
export function isName(text: string): boolean {
  // JavaScript hands `constructor` to whoever asks an object for it.
  return /^[a-z][A-Za-z0-9]*$/.test(text) && text.length <= LIMITS.nameLength && text !== 'constructor';
}

/** Whether a text may be the name of a type (spec clause NAME-2). */
export function isTypeName(text: string): boolean {
  return /^[A-Z][A-Za-z0-9]*$/.test(text) && text.length <= LIMITS.nameLength;
}

/** Whether a text may be the name of a declared error: none of the standard codes (spec clause NAME-3). */
export function isErrorName(text: string): boolean {
  return isTypeName(text) && !Object.hasOwn(ERROR_STATUS, text);
}

/** The wire name of a snake case name: `user_id` is `userId` (spec clause NAME-6). */
export function camelFromSnake(text: string): string {
  const [first = '', ...rest] = text.split('_').filter((part) => part !== '');
  return first + rest.map((part) => part.replace(/^[a-z]/, (letter) => letter.toUpperCase())).join('');
}

/** The snake case name that clients show for a wire name: `userId` is `user_id` (spec clause NAME-7). */
export function snakeFromCamel(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
