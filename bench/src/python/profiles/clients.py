"""The same as Mizan's functions: one that only answers, one that makes a context stale."""

from __future__ import annotations

from typing import Annotated

from mizan import ReactContext, client
from pydantic import Field

from answers import Profile, update

UserContext = ReactContext("user")

Name = Annotated[str, Field(min_length=1, max_length=80)]
Nickname = Annotated[str, Field(max_length=40)]


@client(context=UserContext)
def profile(user_id: int) -> Profile:
    """What the mutation makes stale."""
    return Profile(**update(user_id, "Ada Lovelace", None))


@client
def update_profile(user_id: int, name: Name, nickname: Nickname | None = None) -> Profile:
    """One validated call."""
    return Profile(**update(user_id, name, nickname))


@client(affects=UserContext)
def save_profile(user_id: int, name: Name, nickname: Nickname | None = None) -> Profile:
    """The same, as a mutation."""
    return Profile(**update(user_id, name, nickname))
