"""What Django knows of annotations: the parameter that gets the request."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(slots=True)
class RequestParam:
    """The parameter that gets Django's request."""

    name: str


class DjangoTypes:
    """Django's parameters: a first one named `request`, and any that is annotated as an `HttpRequest`."""

    names: Sequence[str] = ("Django",)

    def inject(self, name: str, annotation: Any, position: int, default: Any) -> RequestParam | None:  # noqa: ARG002
        """The request, or None for an argument on the wire."""
        if inspect.isclass(annotation) and issubclass(annotation, HttpRequest):
            return RequestParam(name)
        bare = annotation is inspect.Parameter.empty or annotation is Any
        return RequestParam(name) if position == 0 and name == "request" and bare else None
