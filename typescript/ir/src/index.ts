export type {
  Affects,
  AuthKind,
  ContextDecl,
  Contract,
  ErrorDecl,
  Field,
  FunctionDecl,
  Json,
  Merge,
  ScopeParam,
  SourcePlace,
  Sources,
  Type,
  TypeDecl,
  TypeKind,
} from '@mizan/core';
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
export { parseContract } from './parse.ts';
export { type Parsed, type ParsedContract, parseCanonical } from './parse-canonical.ts';
