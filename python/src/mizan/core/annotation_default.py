"""Defaults of Python as defaults of the contract."""

from __future__ import annotations

from typing import Annotated, Any

from .annotation_fields import RawField, substitute
from .contract import BigintType, Type
from .mistake import Complain
from .pydantic_core_schema import compile_serializer


def default_json(raw: RawField, type: Type, complain: Complain, path: str) -> Any:
    """What stands on the wire for a default."""
    value = raw.default
    if value is None or (isinstance(value, bool | int | str) and value.__class__ in (bool, int, str)):
        return str(value) if isinstance(type, BigintType) and value is not None else value
    if value in ([], {}, ()) and isinstance(value, list | dict | tuple):
        return {} if isinstance(value, dict) else []
    annotation = substitute(raw.annotation, raw.given)
    try:
        written = compile_serializer(Annotated[annotation, *raw.metadata] if raw.metadata else annotation)
        return written.to_python(value, mode="json", by_alias=True, warnings="error")
    except Exception as error:
        complain(
            f"{path}: its default is no {getattr(annotation, '__name__', annotation)}",
            str(error).splitlines()[0] or None,
        )
        return None
