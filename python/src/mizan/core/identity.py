"""Who is calling."""

from __future__ import annotations

from collections.abc import Iterable


class Identity:
    """A caller. `id` is text, because a token knows it only as text.

    Hosts may derive a class that carries more, or that looks permissions up when somebody asks.
    """

    __slots__ = ("_permissions", "id", "staff", "superuser")

    def __init__(
        self, id: object, *, staff: bool = False, superuser: bool = False, permissions: Iterable[str] = ()
    ) -> None:
        self.id = str(id)
        if not self.id:
            raise ValueError("The id of an identity is empty")
        self.staff = staff
        self.superuser = superuser
        self._permissions = frozenset(permissions)

    @property
    def permissions(self) -> frozenset[str]:
        """What it may do, in the words of the host."""
        return self._permissions

    def has_id(self, id: object) -> bool:
        """Compares safely with an id of another type; nobody is None."""
        return id is not None and str(id) == self.id

    def __eq__(self, other: object) -> bool:
        """The same caller, who may do the same (FLT-6)."""
        if not isinstance(other, Identity):
            return NotImplemented
        return self is other or (
            self.id == other.id
            and self.staff == other.staff
            and self.superuser == other.superuser
            and self.permissions == other.permissions
        )

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        rights = "".join(f", {name}=True" for name in ("staff", "superuser") if getattr(self, name))
        return f"Identity({self.id!r}{rights})"
