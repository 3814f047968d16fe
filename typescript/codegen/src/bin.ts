#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Newer Nodes keep compiled code between runs; most of a run is compiling.
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();

const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
