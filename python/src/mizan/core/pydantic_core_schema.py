"""Pydantic's validators and serialisers, bent to the wire: its names, its texts, nothing coerced going out.

A type is compiled by Pydantic once; what it made of it is rewritten, so that one pass in Rust does all the
work and models keep the configuration that they have elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias

from pydantic import TypeAdapter
from pydantic_core import (
    SchemaSerializer,
    SchemaValidator,
    core_schema,
)

from .names import camel_from_snake
from .pydantic_values import WIRE_TEXTS, bytes_from_text, decimal_of_int, list_of_sequence, plain_json
from .wire_types import whole_from_text

Core: TypeAlias = dict[str, Any]
"""A node of a core schema."""

Visit: TypeAlias = Callable[[Core], Core]
"""Changes a copy of a node whose children have been changed."""

_LEAVE = frozenset({"metadata", "default", "cls", "config", "expected", "function", "ref", "members"})
_STRICT = frozenset(
    {"str", "int", "float", "bool", "date", "time", "datetime", "timedelta", "decimal", "uuid", "bytes"}
)
_CONFIGURED = frozenset({"model", "dataclass", "typed-dict"})


def compile_input(annotation: Any) -> SchemaValidator:
    """Makes Python's values of canonical ones."""
    return SchemaValidator(_rewritten(annotation, _for_input), _use_prebuilt=False)


def compile_output(annotation: Any) -> SchemaValidator:
    """Takes what handlers return, dictionaries for models too, and nothing of a wrong type."""
    return SchemaValidator(_rewritten(annotation, _for_output), _use_prebuilt=False)


def compile_serializer(annotation: Any) -> SchemaSerializer:
    """Writes Python's values in the names and texts of the wire."""
    return SchemaSerializer(_rewritten(annotation, _for_wire), _use_prebuilt=False)


def _rewritten(annotation: Any, visit: Visit) -> Any:
    adapter = TypeAdapter(annotation)
    if not isinstance(adapter.core_schema, dict):
        # A model that was put off until its forward references are there.
        annotation.model_rebuild()
        adapter = TypeAdapter(annotation)
    return _walk(adapter.core_schema, visit)


def _walk(node: Any, visit: Visit) -> Any:
    if isinstance(node, list):
        return [_walk(one, visit) for one in node]
    if isinstance(node, tuple):
        # An arm of a union and its label.
        return tuple(_walk(one, visit) for one in node)
    if not isinstance(node, dict) or not isinstance(node.get("type"), str):
        return node
    made: Core = {}
    for key, value in node.items():
        if key in _LEAVE:
            made[key] = value
        elif key in ("fields", "choices") and isinstance(value, dict):
            made[key] = {name: _walk(one, visit) for name, one in value.items()}
        else:
            made[key] = _walk(value, visit)
    ref = made.get("ref")
    made = visit(made)
    if ref is not None and made.get("ref") != ref:
        # What others refer to is what was put around it.
        made["ref"] = ref
        if "schema" in made:
            made["schema"] = {key: value for key, value in made["schema"].items() if key != "ref"}
    fields = made.get("fields")
    if isinstance(fields, dict):
        for name, one in fields.items():
            _name(one, name)
    return made


def _name(field: Core, name: str) -> None:
    """Gives a field without an alias its wire name."""
    wire = camel_from_snake(name)
    if wire != name:
        field.setdefault("validation_alias", wire)
        field.setdefault("serialization_alias", wire)


def _common(node: Core) -> Core:
    kind = node["type"]
    if kind == "dataclass-field":
        _name(node, node["name"])
    elif kind == "computed-field":
        node.setdefault("alias", camel_from_snake(node["property_name"]))
    elif kind in _CONFIGURED:
        # Names are the wire's and numbers whole, whatever the model does elsewhere.
        node["config"] = {
            **node.get("config", {}),
            "ser_json_inf_nan": "constants",
            "ser_json_temporal": "iso8601",
            "validate_by_alias": True,
            "serialize_by_alias": True,
        }
        node["config"].pop("ser_json_timedelta", None)
    return node


def _for_input(node: Core) -> Core:
    node = _common(node)
    kind = node["type"]
    if kind == "bytes":
        return {**core_schema.no_info_before_validator_function(bytes_from_text, node)}
    if kind == "tagged-union":
        node["discriminator"] = _discriminator(node, [])
        node["choices"] = {_text_of(key): one for key, one in node["choices"].items()}
    elif kind == "literal":
        return _literal(node)
    elif kind == "union":
        # The kind of JSON value has told the arms apart, so each takes its own only.
        node["choices"] = [_own_kind(one) for one in node["choices"]]
    return node


def _for_output(node: Core) -> Core:
    node = _common(node)
    kind = node["type"]
    if kind in _STRICT:
        node["strict"] = True
        if kind == "decimal":
            return {**core_schema.no_info_before_validator_function(decimal_of_int, node)}
    elif kind in _CONFIGURED:
        node["config"].update(
            strict=False,
            extra_fields_behavior="ignore",
            revalidate_instances="always",
            validate_by_name=True,
            from_attributes=False,
        )
        if kind != "typed-dict":
            node["strict"] = False
            node["revalidate_instances"] = "always"
        node.pop("extra_behavior", None)
    elif kind == "model-fields":
        node["extra_behavior"] = "ignore"
        node.pop("extras_schema", None)
    elif kind == "tagged-union":
        node["discriminator"] = _discriminator(node, [[node["discriminator"]]])
        node["choices"].update({_text_of(key): one for key, one in node["choices"].items()})
        node["strict"] = False
    elif kind == "list":
        node["strict"] = True
        return {**core_schema.no_info_before_validator_function(list_of_sequence, node)}
    elif kind in ("dict", "enum"):
        node["strict"] = False
    elif kind == "literal":
        return _literal(node)
    elif kind == "function-before" and node["function"]["function"] is whole_from_text:
        inner: Core = node["schema"]
        return inner
    elif kind == "any":
        return {**core_schema.no_info_plain_validator_function(plain_json)}
    return node


def _for_wire(node: Core) -> Core:
    node = _common(node)
    written = WIRE_TEXTS.get(node["type"])
    if written is not None and "serialization" not in node:
        node["serialization"] = core_schema.plain_serializer_function_ser_schema(written, when_used="json")
    return node


def _discriminator(node: Core, also: list[Any]) -> Any:
    """The tag under its wire name, where the arms have given it none of their own."""
    given = node["discriminator"]
    if not isinstance(given, str):
        return given
    wire = camel_from_snake(given)
    return [*also, [wire]] if also or wire != given else given


def _text_of(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _literal(node: Core) -> Core:
    """Members of an enum are known by their texts too."""
    members = {one.value: one for one in node["expected"] if isinstance(one, Enum)}
    if not members:
        return node

    def member(value: object) -> object:
        return members.get(value, value) if isinstance(value, str | int) else value

    return {**core_schema.no_info_before_validator_function(member, node)}


def _own_kind(choice: Any) -> Any:
    schema = choice[0] if isinstance(choice, tuple) else choice
    if schema["type"] in ("int", "float", "decimal", "bool") and "strict" not in schema:
        wanted: Any = (
            str if schema["type"] == "decimal" else bool if schema["type"] == "bool" else int | float
        )
        return core_schema.chain_schema([core_schema.no_info_plain_validator_function(_only(wanted)), schema])
    return choice


def _only(wanted: Any) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
            raise ValueError("of another kind")
        return value

    return check
