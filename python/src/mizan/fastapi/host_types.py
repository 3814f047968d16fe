"""Which parameters come from FastAPI and never from the caller."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from fastapi import Response, WebSocket, params
from fastapi.security import SecurityScopes
from starlette.background import BackgroundTasks
from starlette.requests import HTTPConnection, Request

from .internals import body_params, compile_needs

_PLAIN = (Request, HTTPConnection, Response, BackgroundTasks, SecurityScopes)


@dataclass(slots=True)
class FromFastApi:
    """A parameter that FastAPI solves: a dependency, the request, a response for headers, tasks."""

    name: str
    parameter: inspect.Parameter


class FastApiTypes:
    """What FastAPI knows of annotations."""

    names: Sequence[str] = ("FastAPI",)

    def inject(self, name: str, annotation: Any, position: int, default: Any) -> FromFastApi | None:  # noqa: ARG002
        """A parameter of FastAPI's, or None for an argument; a `TypeError` for one that cannot be."""
        if not _is_ours(name, annotation, default):
            return None
        parameter = inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        try:
            needs = compile_needs([parameter])
        except Exception as error:
            raise TypeError(f"FastAPI cannot solve {name}: {error}") from error
        taken = body_params(needs)
        if taken:
            raise TypeError(
                f"a dependency of {name} reads {', '.join(taken)} from the body, which holds the arguments: "
                "pass it on as an argument, or read a header"
            )
        return FromFastApi(name, parameter)


def _is_ours(name: str, annotation: Any, default: Any) -> bool:
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    plain = get_args(annotation)[0] if marks else annotation
    for mark in (*marks, default):
        if isinstance(mark, params.Depends):
            return True
        if isinstance(mark, params.Param | params.Body):
            kind = type(mark).__name__
            raise TypeError(
                f"{name} is {kind}(…), and arguments of a function come from the body of a call or from an "
                f"address: read it in a dependency and take it with Depends(…)"
            )
    if isinstance(plain, type):
        if issubclass(plain, WebSocket):
            raise TypeError(f"{name} is a WebSocket, and functions answer requests")
        return issubclass(plain, _PLAIN)
    return False
