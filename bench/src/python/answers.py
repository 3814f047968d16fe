"""What every contestant knows and answers; only how it does so differs."""

from __future__ import annotations

from typing import Annotated, TypedDict

from pydantic import BaseModel, Field

ARGS = {"userId": 5, "name": "Ada Lovelace", "nickname": "ada"}


class ProfileRow(TypedDict):
    """A profile as a database would give it."""

    id: int
    name: str
    nickname: str | None
    version: int


class Profile(BaseModel):
    """A profile as clients see it."""

    id: int
    name: str
    nickname: str | None
    version: int


class Update(BaseModel):
    """The arguments, as peers declare them."""

    userId: int  # noqa: N815
    name: Annotated[str, Field(min_length=1, max_length=80)]
    nickname: Annotated[str, Field(max_length=40)] | None = None


def update(user_id: int, name: str, nickname: str | None) -> ProfileRow:
    """Stores a profile, as cheaply as can be."""
    return {"id": user_id, "name": name, "nickname": nickname, "version": 12}
