"""What a reader was told of and asks for: `$min` (spec clauses REV-10 to REV-12)."""

from dataclasses import dataclass

from ._tables import LIMITS
from .revision import Revision, format_revision, parse_revision

_MOST = LIMITS["minItems"]


@dataclass(frozen=True, slots=True)
class Min:
    """Told numbers by epoch, and whether one entry was without a number (REV-10)."""

    any: bool
    revisions: tuple[Revision, ...]


def parse_min(text: str) -> Min | None:
    """Reads `*`, revisions, or both, joined by commas; none when the text is not in this form (REV-10)."""
    items = text.split(",")
    if len(items) > _MOST:
        return None
    any = items[0] == "*"
    revisions: list[Revision] = []
    for item in items[1:] if any else items:
        revision = parse_revision(item)
        if revision is None:
            return None
        revisions.append(revision)
    return Min(any, tuple(revisions))


def is_min(text: str) -> bool:
    """Whether the text can stand after `$min=`."""
    return parse_min(text) is not None


def format_min(min: Min) -> str:
    """The value of `$min` for these told numbers. More than fit are asked for as `*`."""
    items = [format_revision(revision) for revision in min.revisions]
    if min.any:
        items.insert(0, "*")
    return "*" if len(items) > _MOST else ",".join(items)


def reaches_min(min: Min, epoch: str, changed_at: int) -> bool:
    """Whether the server's own cache may answer: every number is of its epoch and reached (REV-11)."""
    return not min.any and all(told.epoch == epoch and told.n <= changed_at for told in min.revisions)


def revision_for_min(read: Revision, min: Min, now: float) -> Revision:
    """The revision of an answer whose members ran for a `$min` (REV-12).

    A number that the record lost is given back, unless it is not yet below the clock.
    """
    n = read.n
    for told in min.revisions:
        if told.epoch == read.epoch and n < told.n < now:
            n = told.n
    return read if n == read.n else Revision(read.epoch, n)
