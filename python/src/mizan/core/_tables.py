"""Generated from spec/tables by tools/generate-tables.ts; do not edit."""

from collections.abc import Mapping
from typing import Final, Literal

# The codes that an error may carry besides the names of declared errors. Side client:
# never on the wire, raised by a client about the wire. The value is the HTTP status, 0
# for side client.
ERROR_STATUS: Final[Mapping[str, int]] = {
    "BAD_REQUEST": 400,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "CONFLICT": 409,
    "CONTRACT_MISMATCH": 409,
    "PAYLOAD_TOO_LARGE": 413,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "VALIDATION_FAILED": 422,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
    "TIMEOUT": 504,
    "NETWORK": 0,
    "OUTCOME_UNKNOWN": 0,
    "BAD_RESPONSE": 0,
}

ErrorCode = Literal[
    "BAD_REQUEST",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "CONFLICT",
    "CONTRACT_MISMATCH",
    "PAYLOAD_TOO_LARGE",
    "UNSUPPORTED_MEDIA_TYPE",
    "VALIDATION_FAILED",
    "RATE_LIMITED",
    "INTERNAL",
    "UNAVAILABLE",
    "TIMEOUT",
    "NETWORK",
    "OUTCOME_UNKNOWN",
    "BAD_RESPONSE",
]

# The header names of the protocol. Comparison ignores case; this is how they are
# written.
HEADERS: Final[Mapping[str, str]] = {
    "invalidate": "X-Mizan-Invalidate",
    "revision": "X-Mizan-Revision",
    "identity": "X-Mizan-Identity",
    "contract": "X-Mizan-Contract",
    "token": "X-Mizan-Token",
    "csrf": "X-Mizan-CSRF",
    "surrogateKey": "Surrogate-Key",
    "cacheTag": "Cache-Tag",
}

# Limits and lengths. Configurable ones are defaults; the others are part of the
# protocol.
LIMITS: Final[Mapping[str, int]] = {
    "bodyBytes": 1048576,
    "jsonDepth": 64,
    "findings": 256,
    "patternLength": 1024,
    "patternRepeat": 1000,
    "multipleOfDigits": 14,
    "durationDays": 999999999,
    "nameLength": 64,
    "contextParams": 5,
    "instanceBytes": 1024,
    "headerBytes": 2000,
    "shows": 64,
    "contexts": 8,
    "flightMilliseconds": 250,
    "flightBytes": 1048576,
    "scopes": 10000,
    "lookupScopes": 32,
    "epochLength": 12,
    "revisionDigits": 16,
    "contractIdDigits": 16,
    "identityDigits": 16,
    "etagDigits": 32,
    "tagDigits": 16,
    "partDigits": 16,
    "secretBytes": 32,
    "tokenBytes": 8192,
    "accessSeconds": 300,
    "refreshSeconds": 1209600,
    "refreshGraceSeconds": 20,
    "mwtSeconds": 300,
    "skewSeconds": 30,
    "identitySeconds": 60,
    "gapSeconds": 15,
    "settleSeconds": 10,
    "pages": 100,
    "pageWaitMilliseconds": 1000,
}

# What a finding of the value check may say.
FINDING_CODES: Final[tuple[str, ...]] = (
    "type",
    "required",
    "unknown",
    "format",
    "min",
    "max",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "enum",
    "union",
    "depth",
    "invalid",
)

FindingCode = Literal[
    "type",
    "required",
    "unknown",
    "format",
    "min",
    "max",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "enum",
    "union",
    "depth",
    "invalid",
]

# The kinds of type and the constraints that each may have. Param: may be the type of a
# context's parameter.
CONSTRAINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "string": ("maxLength", "minLength", "pattern"),
    "int": ("max", "min", "multipleOf"),
    "bigint": ("max", "min"),
    "decimal": ("max", "min", "multipleOf"),
    "float": ("max", "min"),
    "bool": (),
    "null": (),
    "datetime": (),
    "date": (),
    "time": (),
    "duration": (),
    "uuid": (),
    "bytes": (),
    "json": (),
    "upload": ("accept", "maxSize"),
    "list": ("maxItems", "minItems"),
    "map": ("maxItems", "minItems"),
    "struct": (),
    "enum": (),
    "union": (),
    "nullable": (),
    "ref": (),
}

# Kinds that a context parameter may have.
PARAM_KINDS: Final[tuple[str, ...]] = (
    "string",
    "int",
    "bigint",
    "bool",
    "datetime",
    "date",
    "uuid",
    "enum",
    "nullable",
    "ref",
)

# Who may call a function, as the contract says it.
AUTH_KINDS: Final[tuple[str, ...]] = ("none", "user", "staff", "superuser", "custom")

# The code that stands for the status of a host's own exception or rejection. Other 4xx:
# BAD_REQUEST; everything else: INTERNAL.
HOST_STATUSES: Final[Mapping[int, str]] = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    408: "TIMEOUT",
    409: "CONFLICT",
    410: "NOT_FOUND",
    412: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "VALIDATION_FAILED",
    423: "CONFLICT",
    429: "RATE_LIMITED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "TIMEOUT",
}

# Names of the adapters.
ADAPTERS: Final[tuple[str, ...]] = ("django", "fastapi", "axum", "tauri", "typescript")

# What each adapter owes. Without: the adapters whose transport has no such thing, shown
# as a dash. The value lists those adapters.
CAPABILITIES: Final[Mapping[str, tuple[str, ...]]] = {
    "dispatch": (),
    "bundle": (),
    "invalidation": (),
    "invalidation-header": ("tauri",),
    "scoping": (),
    "registration": (),
    "contract": (),
    "uploads": (),
    "guards": (),
    "cache": (),
    "manifest": ("tauri",),
    "psr": ("tauri",),
    "csrf": ("tauri",),
    "websocket": (),
    "ssr": (),
    "jwt": (),
    "mwt": ("tauri",),
    "shapes": (),
    "forms": (),
}

Capability = Literal[
    "dispatch",
    "bundle",
    "invalidation",
    "invalidation-header",
    "scoping",
    "registration",
    "contract",
    "uploads",
    "guards",
    "cache",
    "manifest",
    "psr",
    "csrf",
    "websocket",
    "ssr",
    "jwt",
    "mwt",
    "shapes",
    "forms",
]

# What the suite proves for every adapter beyond the capabilities.
BEYOND: Final[tuple[str, ...]] = (
    "revisions",
    "merge",
    "single-flight",
    "live",
    "typed-errors",
    "contract-skew",
)
