"""What a project includes: `path("api/mizan/", include("mizan.django.urls"))`."""

from __future__ import annotations

from django.urls import ResolverMatch, URLPattern
from django.urls.resolvers import RegexPattern

from .view import MizanView

app_name = "mizan"


class _Endpoint(URLPattern):
    """Takes every path, as its expression says, without running it for each."""

    def __init__(self, pattern: RegexPattern, view: MizanView) -> None:
        super().__init__(pattern, view, name=pattern.name)
        self._match = vars(ResolverMatch(view, (), {}, pattern.name, route=str(pattern), extra_kwargs={}))

    def resolve(self, path: str) -> ResolverMatch:
        """The one match that there is, with this path."""
        match = ResolverMatch.__new__(ResolverMatch)
        vars(match).update(self._match, kwargs={"rest": path}, captured_kwargs={"rest": path})
        return match


# Everything below belongs to the view, so that what is no route is answered in the protocol's words and
# `APPEND_SLASH` finds nothing to redirect.
urlpatterns = [
    _Endpoint(RegexPattern(r"^(?P<rest>[\s\S]*)\Z", name="endpoint", is_endpoint=True), MizanView())
]
