export type * from '@mizan/core';
export {
  contextPart,
  type PrintOptions,
  printContextPart,
  printContract,
  reachableTypes,
  visibleContract,
} from '@mizan/core';
export { type ContractFinding, formatFinding, type Place } from './finding.ts';
export { type Parsed, parseContract } from './parse.ts';
export { suggest } from './suggest.ts';
