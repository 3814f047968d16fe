// The limit of generating: a process that reads the contract and writes as many bytes into as many files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , contract = '', sizes = '', folder = ''] = process.argv;
const source = readFileSync(contract);
mkdirSync(folder, { recursive: true });
for (const [name, length] of Object.entries(JSON.parse(readFileSync(sizes, 'utf8'))))
  writeFileSync(join(folder, name), Buffer.alloc(length, source));
