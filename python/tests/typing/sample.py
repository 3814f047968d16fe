"""What a user writes, as a strict type checker sees it: every ignore here must be needed."""

import asyncio
from datetime import date

from pydantic import BaseModel

from mizan import BigInt, Identity, MizanError, ReactContext, client, invalidate

UserContext = ReactContext("user", cache=60, rev=1, doc="Users.")


class Profile(BaseModel):
    id: int
    name: str


class OutOfStock(MizanError, status=409):
    """There is not enough in stock."""

    left: int
    since: date | None = None


@client(context=UserContext)
def user_profile(request: object, user_id: int) -> Profile:
    return Profile(id=user_id, name="")


@client(context=UserContext)
async def user_posts(user_id: int, page: int = 1) -> list[str]:
    return [str(page)]


@client
def exchange_rate(currency: str) -> float:
    return 1.0


@client()
def big(value: BigInt) -> BigInt:
    return value + 1


@client(merge=user_profile, affects=[UserContext.scope(user_id="author_id"), user_posts], errors=[OutOfStock])
async def rename(user_id: int, author_id: int, who: Identity) -> Profile:
    if who.has_id(user_id):
        raise OutOfStock(left=2)
    invalidate(UserContext, user_id=user_id)
    return user_profile(None, user_id)


@client(affects=user_posts.scope(user_id="id"), auth=lambda who, args: who.has_id(args.id), private=True)
def drop(id: int) -> None: ...


profile: Profile = user_profile(None, user_id=5)
posts: list[str] = asyncio.run(user_posts(5, page=2))
renamed: Profile = asyncio.run(rename(user_id=1, author_id=2, who=Identity("1")))
left: int = OutOfStock(left=2).left

user_profile(None, user_id="5")  # type: ignore[arg-type]
user_profile(None)  # type: ignore[call-arg]
exchange_rate(currency="EUR", more=1)  # type: ignore[call-arg]
text: str = exchange_rate("EUR")  # type: ignore[assignment]
asyncio.run(user_posts(5, pgae=2))  # type: ignore[call-arg]
OutOfStock(left="2")  # type: ignore[arg-type]
OutOfStock()  # type: ignore[call-arg]


@client(auth=True, affects="user")  # type: ignore[arg-type]
def touch() -> None: ...
