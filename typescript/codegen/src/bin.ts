#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Newer Nodes keep compiled code between runs; most of a short run is compiling.
(nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
// A run that is over in a tenth of a second never earns back what optimising its code costs.
if (!process.argv.includes('--watch')) {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--sparkplug');
}

const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
