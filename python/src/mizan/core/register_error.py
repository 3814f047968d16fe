"""Declared errors: classes whose annotations are the details."""

from __future__ import annotations

import sys
import typing
from typing import Any

from pydantic.fields import FieldInfo

from .annotation_fields import FieldFault, RawField, field_of
from .annotation_where import Where
from .contract import ErrorDecl
from .desk import Complainer, Desk, RegisteredError
from .doc_text import trim_doc
from .errors import ErrorDefinition, declared_fields, is_error_code
from .names import is_type_name


def draft_error(desk: Desk, definition: ErrorDefinition) -> RegisteredError | None:
    """Reads a declared error, the first time that a function names it; none when another has its name."""
    known = desk.errors.get(definition.code)
    complain = desk.complainer(definition.code, definition.place)
    if known is not None:
        if known.definition is definition:
            return known
        complain(
            f"two errors are named {definition.code}, the other{desk.at(known.definition.place)}",
            "Rename one of them.",
        )
        return None
    if not is_type_name(definition.code) or is_error_code(definition.code):
        complain(f'"{definition.code}" is no name for a declared error', "It is PascalCase: OutOfStock.")
    status: Any = definition.status
    if not isinstance(status, int) or not 400 <= status <= 599:
        complain(f"the status {status} is no error", "Use 400 to 599; 409 when left out.")
    raws = tuple(_fields(definition, complain))
    fields = desk.annotations.fields(raws, Where("", "output", complain))
    decl = ErrorDecl(definition.code, definition.status, fields, trim_doc(definition.doc))
    desk.errors[definition.code] = error = RegisteredError(decl, definition, raws)
    return error


def _fields(definition: ErrorDefinition, complain: Complainer) -> list[RawField]:
    raws = []
    for name, owner in declared_fields(definition.symbol).items():
        scope = vars(sys.modules[owner.__module__])
        try:
            hints = typing.get_type_hints(owner, scope, include_extras=True)
            raws.append(field_of(name, FieldInfo.from_annotation(hints[name]), "output"))
        except FieldFault as fault:
            complain(str(fault), fault.help)
        except (NameError, TypeError) as error:
            complain(f"{name}: {error}", "Import it in the module, outside of TYPE_CHECKING.")
    return raws
