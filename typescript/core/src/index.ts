export { compareText } from './compare-text.ts';
export type * from './contract.ts';
export { type PrintOptions, printContextPart, printContract } from './print.ts';
export { reachableTypes } from './reachable.ts';
export { contextPart, visibleContract } from './visible.ts';
