"""Reads the contract's model from the JSON form that `spec/vectors` and the tools hold it in."""

from collections.abc import Mapping
from typing import Any

from .contract import (
    ABSENT,
    Affects,
    BigintType,
    ContextDecl,
    Contract,
    DecimalType,
    EnumType,
    ErrorDecl,
    Field,
    FloatType,
    FunctionDecl,
    IntType,
    ListType,
    MapType,
    Merge,
    NullableType,
    PlainType,
    RefType,
    ScopeParam,
    StringType,
    StructType,
    Type,
    TypeDecl,
    UnionType,
    UploadType,
)

# The model is trusted JSON of a known form, so its values are not narrowed one by one.
Source = Mapping[str, Any]


def contract_from_json(source: Source) -> Contract:
    """The contract that a JSON object of the model's form holds; absent lists are empty."""
    return Contract(
        contexts=tuple(context_from_json(one) for one in source.get("contexts", ())),
        errors=tuple(error_from_json(one) for one in source.get("errors", ())),
        functions=tuple(function_from_json(one) for one in source.get("functions", ())),
        types=types_from_json(source.get("types", ())),
    )


def context_from_json(source: Source) -> ContextDecl:
    """One context of the model."""
    return ContextDecl(
        name=source["name"],
        params=fields_from_json(source.get("params", ())),
        members=tuple(source.get("members", ())),
        cache_class=source.get("cacheClass", "public"),
        cache=source.get("cache"),
        rev=source.get("rev", 0),
        doc=source.get("doc"),
    )


def error_from_json(source: Source) -> ErrorDecl:
    """One declared error of the model."""
    return ErrorDecl(
        name=source["name"],
        status=source.get("status", 409),
        fields=fields_from_json(source.get("fields", ())),
        doc=source.get("doc"),
    )


def function_from_json(source: Source) -> FunctionDecl:
    """One function of the model; what is left out is as in an empty declaration."""
    return FunctionDecl(
        name=source.get("name", ""),
        context=source.get("context"),
        input=fields_from_json(source.get("input", ())),
        output=type_from_json(source.get("output", {"kind": "null"})),
        errors=tuple(source.get("errors", ())),
        auth=source.get("auth", "none"),
        private=source.get("private", False),
        stream=source.get("stream", False),
        websocket=source.get("websocket", False),
        affects=tuple(
            Affects(one["context"], one.get("member"), params_from_json(one.get("params", ())))
            for one in source.get("affects", ())
        ),
        merge=tuple(
            Merge(one["function"], params_from_json(one.get("params", ()))) for one in source.get("merge", ())
        ),
        doc=source.get("doc"),
        deprecated=source.get("deprecated"),
    )


def params_from_json(source: Any) -> tuple[ScopeParam, ...]:
    """The parameters of a scope, each with where it comes from."""
    return tuple(ScopeParam(one["param"], one["from"], one["field"]) for one in source)


def types_from_json(source: Any) -> tuple[TypeDecl, ...]:
    """A list of named types."""
    return tuple(
        TypeDecl(
            name=one["name"],
            type=_named_from_json(one["type"]),
            doc=one.get("doc"),
            deprecated=one.get("deprecated"),
        )
        for one in source
    )


def fields_from_json(source: Any) -> tuple[Field, ...]:
    """A list of fields or parameters; a default of null is one, an absent default is none."""
    return tuple(
        Field(
            name=one["name"],
            type=type_from_json(one["type"]),
            optional=one.get("optional", False),
            default=one.get("default", ABSENT),
            doc=one.get("doc"),
            deprecated=one.get("deprecated"),
        )
        for one in source
    )


def type_from_json(source: Source) -> Type:
    """One type; raises a `KeyError` for a kind that there is not."""
    kind = source["kind"]
    low, high = source.get("min"), source.get("max")
    match kind:
        case "string":
            return StringType(source.get("minLength"), source.get("maxLength"), source.get("pattern"))
        case "int":
            return IntType(low, high, source.get("multipleOf"))
        case "bigint":
            return BigintType(low, high)
        case "decimal":
            return DecimalType(low, high, source.get("multipleOf"))
        case "float":
            return FloatType(low, high)
        case "upload":
            accept = source.get("accept")
            return UploadType(source.get("maxSize"), None if accept is None else tuple(accept))
        case "list":
            items = type_from_json(source["items"])
            return ListType(items, source.get("minItems"), source.get("maxItems"))
        case "map":
            values = type_from_json(source["values"])
            return MapType(values, source.get("minItems"), source.get("maxItems"))
        case "enum":
            return EnumType(tuple(source["values"]))
        case "union":
            return UnionType(tuple(type_from_json(arm) for arm in source["arms"]), source.get("tag"))
        case "nullable":
            return NullableType(type_from_json(source["of"]))
        case "ref":
            return RefType(source["name"])
        case "bool" | "null" | "datetime" | "date" | "time" | "duration" | "uuid" | "bytes" | "json":
            return PlainType(kind)
    raise KeyError(f"there is no kind of type {kind!r}")


def _named_from_json(source: Source) -> StructType | EnumType | UnionType:
    if source["kind"] == "struct":
        return StructType(fields_from_json(source["fields"]))
    named = type_from_json(source)
    if isinstance(named, EnumType | UnionType):
        return named
    raise KeyError(f"a {source['kind']} cannot have a name")
