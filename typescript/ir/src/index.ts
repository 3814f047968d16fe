export type * from '@mizan/core';
export {
  contextPart,
  type PrintOptions,
  printContextPart,
  printContract,
  reachableTypes,
  visibleContract,
} from '@mizan/core';
export {
  type CheckOptions,
  type ContractFinding,
  type ContractFindingCode,
  checkContract,
  describeType,
  formatFinding,
  type Place,
  suggest,
} from '@mizan/core/contract-check';
export type { Change, Verdict } from './diff/change.ts';
export { type ContractDiff, diffContracts } from './diff/diff-contracts.ts';
export type { ContractChange } from './generated/tables.ts';
export { type Parsed, parseContract } from './parse.ts';
