"""What a project includes: `path("api/mizan/", include("mizan.django.urls"))`."""

from __future__ import annotations

from django.urls import ResolverMatch, URLPattern
from django.urls.resolvers import RegexPattern

from .threads import in_loop
from .view import VIEWS, answer

app_name = "mizan"


class _Endpoint(URLPattern):
    """Takes every path, as its expression says, without running it for each.

    Django's handlers run an asynchronous view under WSGI on a loop of its own, and a synchronous one under
    ASGI in a thread. So each finds its own here.
    """

    def __init__(self, pattern: RegexPattern) -> None:
        super().__init__(pattern, answer, name=pattern.name)
        self._match, self._match_on_loop = (
            vars(ResolverMatch(view, (), {}, pattern.name, route=str(pattern), extra_kwargs={}))
            for view in VIEWS
        )

    def resolve(self, path: str) -> ResolverMatch:
        """The one match that there is, with this path."""
        match = ResolverMatch.__new__(ResolverMatch)
        found = self._match_on_loop if in_loop() else self._match
        vars(match).update(found, kwargs={"rest": path}, captured_kwargs={"rest": path})
        return match


# Everything below belongs to the view, so that what is no route is answered in the protocol's words and
# `APPEND_SLASH` finds nothing to redirect.
urlpatterns = [_Endpoint(RegexPattern(r"^(?P<rest>[\s\S]*)\Z", name="endpoint", is_endpoint=True))]
