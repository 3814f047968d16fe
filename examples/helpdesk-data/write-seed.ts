import { writeFileSync } from 'node:fs';
import { createSeed } from './seed.ts';

// node --import tsx write-seed.ts FILE [NOW]: the seed as JSON, for backends in any language.
const [file, now] = process.argv.slice(2);
if (file === undefined) throw new Error('Say which file to write: write-seed.ts FILE [NOW]');
writeFileSync(file, JSON.stringify(createSeed(now === undefined ? new Date() : new Date(now))));
