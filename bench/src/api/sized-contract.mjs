import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

const source = new URL('../../../typescript/codegen/src/testing/sized-contract.ts', import.meta.url);
const { code } = transformSync(readFileSync(source, 'utf8'), { loader: 'ts', format: 'esm' });

/**
 * The contract of so many functions that every row about numbers of functions starts from, the same that the tests
 * of the generator use. It is written in TypeScript, which this Node may not run.
 *
 * @type {{ sizedContract: (functions: number) => import('@mizan/core').Contract }}
 */
export const { sizedContract } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
