"""Makes a list of entries fit into its header by saying more than changed (spec clause INV-12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .address_text import join_address, split_address
from .invalidation import (
    format_entry,
    format_invalidate_header,
    normalize_scopes,
    parse_entry,
)
from .revision import Revision


@dataclass(slots=True)
class _Group:
    context: str
    scopes: list[str]
    revision: Revision | None
    """The highest of the entries' numbers; none as soon as one has none or epochs differ."""

    @property
    def bytes(self) -> int:
        """Bytes in the header: each entry with its quotes, comma and blank."""
        return sum(len(format_entry(scope, self.revision)) + 4 for scope in self.scopes)


def fit_header(entries: Sequence[str], budget: int) -> list[str]:
    """Entries whose header value is within `budget` bytes: broader where they do not fit, never narrower.

    The context that takes most bytes leaves out the parameter with most values, then its members, until all
    fit; what is still too long becomes `*`. Entries that fit come back as they are.
    """
    if len(format_invalidate_header(entries)) <= budget:
        return list(entries)
    groups = _group_by_context(entries)
    sizes = {group.context: group.bytes for group in groups}
    while sum(sizes.values()) - 2 > budget:
        group = _widest(groups, sizes)
        if group is None:
            return ["*"]
        group.scopes = normalize_scopes(_broaden(group.scopes))
        sizes[group.context] = group.bytes
    revisions = {scope: group.revision for group in groups for scope in group.scopes}
    return [format_entry(scope, revisions[scope]) for scope in normalize_scopes(revisions)]


def _group_by_context(entries: Sequence[str]) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for text in entries:
        entry = parse_entry(text)
        if entry is None:
            raise ValueError(f"{text!r} is no entry")
        context = split_address(entry.scope).context
        group = groups.get(context)
        if group is None:
            groups[context] = _Group(context, [entry.scope], entry.revision)
        else:
            group.scopes.append(entry.scope)
            group.revision = _higher(group.revision, entry.revision)
    return list(groups.values())


def _higher(a: Revision | None, b: Revision | None) -> Revision | None:
    if a is None or b is None or a.epoch != b.epoch:
        return None
    return b if a.n < b.n else a


def _widest(groups: list[_Group], sizes: dict[str, int]) -> _Group | None:
    """The group that can be broadened and takes most bytes; of equal ones the first by name."""
    narrow = [group for group in groups if group.scopes != [group.context]]
    return min(narrow, key=lambda group: (-sizes[group.context], group.context), default=None)


def _broaden(scopes: list[str]) -> list[str]:
    """One step: without the parameter that has most values or else without members."""
    all_parts = [split_address(scope) for scope in scopes]
    values: dict[str, set[str]] = {}
    for parts in all_parts:
        for key, raw in parts.params:
            values.setdefault(key, set()).add(raw)
    if not values:
        return [parts.context for parts in all_parts]
    dropped = max(values, key=lambda key: (len(values[key]), key))
    return [
        join_address(parts.context, parts.member, [piece for piece in parts.params if piece[0] != dropped])
        for parts in all_parts
    ]
