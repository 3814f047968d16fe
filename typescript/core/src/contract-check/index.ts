export { type CheckOptions, checkContract } from './check-contract.ts';
export { describeType } from './describe-type.ts';
export {
  type ContractFinding,
  type ContractFindingCode,
  formatFinding,
  type Place,
  pathTo,
} from './finding.ts';
export { sameDefault, sameField, sameType } from './same-field.ts';
export { suggest } from './suggest.ts';
