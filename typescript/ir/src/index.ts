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
export { type Parsed, parseContract } from './parse.ts';
