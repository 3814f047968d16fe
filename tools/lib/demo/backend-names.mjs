import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../install.mjs';

/** The backends that stand in this checkout: each folder `examples/helpdesk-NAME` with a `demo.mjs`. */
export function backendNames() {
  const examples = join(repositoryRoot, 'examples');
  return readdirSync(examples)
    .filter((name) => existsSync(join(examples, name, 'demo.mjs')))
    .map((name) => name.replace(/^helpdesk-/, ''))
    .sort();
}
