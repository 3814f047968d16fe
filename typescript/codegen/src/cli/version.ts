import { readFileSync } from 'node:fs';

/** The version of this package. All packages of ours have the same. */
export function ownVersion(): string {
  // Both the compiled module and the bundle stand two folders below the package's own.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
