export { type Parsed, type ParsedContract, parseCanonical } from './parse-canonical.ts';
