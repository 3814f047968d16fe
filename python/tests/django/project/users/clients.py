from pydantic import BaseModel

from mizan import ReactContext, client

from .models import Member

UserContext = ReactContext("user")


class Profile(BaseModel):
    id: int
    name: str


class Post(BaseModel):
    id: int
    title: str


@client(context=UserContext)
def user_profile(request, user_id: int) -> Profile:  # type: ignore[no-untyped-def]
    """The profile of one user."""
    member = Member.objects.get(pk=user_id)
    return Profile(id=member.pk, name=member.name)


@client(context=UserContext)
def user_posts(user_id: int, page: int = 1) -> list[Post]:
    return [Post(id=user_id * 100 + page, title=f"Page {page}")]


@client(affects=UserContext)
def update_profile(request, user_id: int, name: str) -> dict[str, str]:  # type: ignore[no-untyped-def]
    Member.objects.filter(pk=user_id).update(name=name)
    return {"name": name}
