"""What Pydantic itself refuses of annotations that have a form on the wire."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.errors import PydanticUserError

from .contract import ABSENT
from .desk import Desk
from .mistake import Complain
from .validate import arguments_type


def check_annotations(desk: Desk) -> None:
    """Notes what Pydantic cannot compile, before anything is served."""
    for draft in desk.drafts.values():
        complain = desk.about(draft)
        for raw in draft.params:
            _try(raw.name, arguments_type(draft.decl.name, [raw]), complain)
        if draft.output is not ABSENT:
            _try("returns", draft.output, complain)
    for error in desk.errors.values():
        complain = desk.complainer(error.decl.name, error.definition.place)
        for raw in error.fields:
            _try(raw.name, arguments_type(error.decl.name, [raw]), complain)


def _try(path: str, annotation: Any, complain: Complain) -> None:
    try:
        TypeAdapter(annotation)
    except (PydanticUserError, TypeError, NameError) as error:
        complain(f"{path}: {str(error).splitlines()[0]}", "So says Pydantic, which reads the values.")
