export { type ContextAddress, compileAddress, type InstanceResult, type QueryResult } from './address.ts';
export { type AddressParam, isRequired, paramFault } from './address-param.ts';
export {
  type AddressParts,
  type AddressValue,
  covers,
  encodeValue,
  formatAddress,
  splitAddress,
} from './address-text.ts';
export {
  type Check,
  type CheckResult,
  compileCheck,
  compileFields,
  type Direction,
  type Types,
} from './check.ts';
export { countCodePoints, isWellFormed } from './code-points.ts';
export { compareText } from './compare-text.ts';
export type * from './contract.ts';
export { coveringScopes } from './covering.ts';
export {
  codeOfStatus,
  isErrorCode,
  MizanError,
  MizanErrorBase,
  type MizanErrorOptions,
  type WireError,
} from './errors.ts';
export { type Finding, formatPointer } from './findings.ts';
export { fitHeader } from './fit-header.ts';
export * from './generated/tables.ts';
export {
  type Entry,
  formatEntry,
  formatInvalidateHeader,
  isScope,
  normalizeScopes,
  parseEntry,
} from './invalidation.ts';
export { checkJson } from './json.ts';
export { type JsonReading, readJson } from './json-text.ts';
export { formatMin, isMin, type Min, parseMin, reachesMin, revisionForMin } from './min.ts';
export { camelFromSnake, isErrorName, isName, isTypeName, snakeFromCamel } from './names.ts';
export { type PrintOptions, printContextPart, printContract } from './print.ts';
export { reachableTypes } from './reachable.ts';
export { type NamedInstance, readAddress } from './read-address.ts';
export { compilePattern } from './regexp.ts';
export {
  changedAt,
  createRecord,
  formatRevision,
  noteScopes,
  parseRevision,
  type Revision,
  type ScopeRecord,
} from './revision.ts';
export { canonicalDate, canonicalDatetime, canonicalTime } from './scalar-dates.ts';
export { canonicalDuration } from './scalar-duration.ts';
export { compareNumberTexts, isBigintText, isDecimalText } from './scalar-numbers.ts';
export { canonicalUuid, isBase64 } from './scalar-texts.ts';
export {
  compileScopes,
  type MergeTarget,
  type QueryDecl,
  resolveScopes,
  type ScopePlan,
  type Staleness,
  scopeByName,
  scopeExplicit,
} from './scope.ts';
export { trimScope } from './scope-text.ts';
export { contextPart, visibleContract } from './visible.ts';
