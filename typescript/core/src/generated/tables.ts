// Generated from spec/tables by tools/generate-tables.ts; do not edit.

/** The codes that an error may carry besides the names of declared errors. Side client: never on the wire, raised by a client about the wire. The value is the HTTP status, 0 for side client. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  CONTRACT_MISMATCH: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  VALIDATION_FAILED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
  NETWORK: 0,
  OUTCOME_UNKNOWN: 0,
  BAD_RESPONSE: 0,
} as const;

/** A name in `ERROR_STATUS`. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** The header names of the protocol. Comparison ignores case; this is how they are written. */
export const HEADERS = {
  invalidate: 'X-Mizan-Invalidate',
  revision: 'X-Mizan-Revision',
  identity: 'X-Mizan-Identity',
  contract: 'X-Mizan-Contract',
  token: 'X-Mizan-Token',
  csrf: 'X-Mizan-CSRF',
  surrogateKey: 'Surrogate-Key',
  cacheTag: 'Cache-Tag',
} as const;

/** Limits and lengths. Configurable ones are defaults; the others are part of the protocol. */
export const LIMITS = {
  bodyBytes: 1048576,
  jsonDepth: 64,
  findings: 256,
  patternLength: 1024,
  patternRepeat: 1000,
  multipleOfDigits: 14,
  durationDays: 999999999,
  nameLength: 64,
  contextParams: 5,
  instanceBytes: 1024,
  queryBytes: 2048,
  minItems: 8,
  invalidateBytes: 1900,
  tagBytes: 1800,
  headerBytes: 2000,
  shows: 64,
  contexts: 8,
  flightMilliseconds: 250,
  flightBytes: 1048576,
  scopes: 10000,
  lookupScopes: 32,
  epochLength: 12,
  revisionDigits: 16,
  contractIdDigits: 16,
  identityDigits: 16,
  etagDigits: 32,
  tagDigits: 16,
  partDigits: 16,
  secretBytes: 32,
  tokenBytes: 8192,
  accessSeconds: 300,
  refreshSeconds: 1209600,
  refreshGraceSeconds: 20,
  mwtSeconds: 300,
  skewSeconds: 30,
  identitySeconds: 60,
  gapSeconds: 15,
  settleSeconds: 10,
  pages: 100,
  pageWaitMilliseconds: 1000,
} as const;

/** What a finding of the value check may say. */
export const FINDING_CODES = [
  'type',
  'required',
  'unknown',
  'format',
  'min',
  'max',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'enum',
  'union',
  'depth',
  'invalid',
] as const;

/** A name in `FINDING_CODES`. */
export type FindingCode = (typeof FINDING_CODES)[number];

/** What a finding about a contract may say, and the clause that it stands for. */
export const CONTRACT_FINDING_CODES = [
  'syntax',
  'too-deep',
  'unknown-node',
  'missing-node',
  'repeated-node',
  'unknown-property',
  'missing-property',
  'missing-argument',
  'extra-argument',
  'wrong-value',
  'flaw',
  'unsupported-protocol',
  'name',
  'duplicate',
  'case-clash',
  'reserved',
  'text',
  'unknown-type',
  'unknown-error',
  'unknown-context',
  'unknown-function',
  'unknown-member',
  'unknown-parameter',
  'unknown-field',
  'unreachable',
  'parameter-count',
  'parameter-type',
  'parameter-mismatch',
  'member',
  'cache-class',
  'cache',
  'status',
  'query-writes',
  'query-streams',
  'scope-type',
  'merge-target',
  'merge-type',
  'merge-incomplete',
  'constraint',
  'pattern',
  'enum',
  'union',
  'nullable',
  'endless',
  'upload',
  'default',
  'depth',
] as const;

/** A name in `CONTRACT_FINDING_CODES`. */
export type ContractFindingCode = (typeof CONTRACT_FINDING_CODES)[number];

/** The kinds of type and the constraints that each may have. Param: may be the type of a context's parameter. */
export const CONSTRAINTS = {
  string: ['maxLength', 'minLength', 'pattern'],
  int: ['max', 'min', 'multipleOf'],
  bigint: ['max', 'min'],
  decimal: ['max', 'min', 'multipleOf'],
  float: ['max', 'min'],
  bool: [],
  null: [],
  datetime: [],
  date: [],
  time: [],
  duration: [],
  uuid: [],
  bytes: [],
  json: [],
  upload: ['accept', 'maxSize'],
  list: ['maxItems', 'minItems'],
  map: ['maxItems', 'minItems'],
  struct: [],
  enum: [],
  union: [],
  nullable: [],
  ref: [],
} as const;

/** Kinds that a context parameter may have. */
export const PARAM_KINDS = [
  'string',
  'int',
  'bigint',
  'bool',
  'datetime',
  'date',
  'uuid',
  'enum',
  'nullable',
  'ref',
] as const;

/** Who may call a function, as the contract says it. */
export const AUTH_KINDS = ['none', 'user', 'staff', 'superuser', 'custom'] as const;

/** The code that stands for the status of a host's own exception or rejection. Other 4xx: BAD_REQUEST; everything else: INTERNAL. */
export const HOST_STATUSES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  412: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'VALIDATION_FAILED',
  423: 'CONFLICT',
  429: 'RATE_LIMITED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'TIMEOUT',
} as const;

/** Names of the adapters. */
export const ADAPTERS = ['django', 'fastapi', 'axum', 'tauri', 'typescript'] as const;

/** What each adapter owes. Without: the adapters whose transport has no such thing, shown as a dash. The value lists those adapters. */
export const CAPABILITIES = {
  dispatch: [],
  bundle: [],
  invalidation: [],
  'invalidation-header': ['tauri'],
  scoping: [],
  registration: [],
  contract: [],
  uploads: [],
  guards: [],
  cache: [],
  manifest: ['tauri'],
  psr: ['tauri'],
  csrf: ['tauri'],
  websocket: [],
  ssr: [],
  jwt: [],
  mwt: ['tauri'],
  shapes: [],
  forms: [],
} as const;

/** A name in `CAPABILITIES`. */
export type Capability = keyof typeof CAPABILITIES;

/** What the suite proves for every adapter beyond the capabilities. */
export const BEYOND = [
  'revisions',
  'merge',
  'single-flight',
  'live',
  'typed-errors',
  'contract-skew',
  'clients',
] as const;
