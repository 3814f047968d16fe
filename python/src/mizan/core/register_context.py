"""Contexts of the members that name them, their parameters the union of the members'."""

from __future__ import annotations

from ._tables import LIMITS
from .address_param import param_fault
from .annotation_fields import RawField
from .contract import ContextDecl, Field
from .define import Context
from .desk import Desk, RegisteredFunction
from .doc_text import trim_doc
from .mistake import Complain
from .names import is_name
from .place import print_place


def register_contexts(desk: Desk) -> tuple[ContextDecl, ...]:
    """Declares every context that has a member."""
    _name_contexts(desk)
    return tuple(_declare(desk, context) for context in desk.contexts.values())


def _name_contexts(desk: Desk) -> None:
    """Two of one name are a mistake."""
    given = [draft.definition.options.context for draft in desk.drafts.values()]
    contexts = dict.fromkeys([*(one for one in given if isinstance(one, Context)), *desk.found.contexts])
    taken: dict[str, Context] = {}
    for context in contexts:
        complain = desk.complainer(f'context "{context.name}"', context.place)
        key = str(context.name).lower()
        other = taken.setdefault(key, context)
        if other is not context:
            at = "" if other.place is None else f" at {print_place(other.place, desk.root)}"
            complain(f'there is another context "{other.name}"{at}', "Rename one of them, or share the one.")
            continue
        if not is_name(str(context.name)):
            complain(
                f'"{context.name}" is no wire name',
                "Names are lowerCamelCase, ASCII, at most 64 letters and digits.",
            )
        _check_numbers(context, complain)
        if members_of(desk, context):
            desk.contexts[context.name] = context


def _check_numbers(context: Context, complain: Complain) -> None:
    if context.cache is not None and not _whole(context.cache, 1):
        complain(
            f"cache is {context.cache}",
            "It is whole seconds, from 1; leave it out where nothing may be kept.",
        )
    if not _whole(context.rev, 0):
        complain(f"rev is {context.rev}", "It is a whole number, from 0.")


def _whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**53


def members_of(desk: Desk, context: Context) -> list[RegisteredFunction]:
    """The members of a context, by name."""
    return [draft for draft in desk.drafts.values() if draft.definition.options.context is context]


def _declare(desk: Desk, context: Context) -> ContextDecl:
    members = members_of(desk, context)
    guarded = any(draft.decl.auth != "none" for draft in members)
    return ContextDecl(
        name=context.name,
        params=_params(desk, context, members),
        members=tuple(sorted(draft.decl.name for draft in members)),
        cache_class="user" if guarded else "public",
        cache=context.cache,
        rev=context.rev,
        doc=trim_doc(context.doc),
    )


def param_of(draft: RegisteredFunction, wire: str) -> RawField:
    """The parameter behind a field of the input."""
    return next(raw for raw in draft.params if raw.wire == wire)


def _params(desk: Desk, context: Context, members: list[RegisteredFunction]) -> tuple[Field, ...]:
    """One name means one type and one default."""
    types = desk.annotations.names.declarations()
    taken: dict[str, tuple[Field, RegisteredFunction]] = {}
    for draft in members:
        for field in draft.decl.input:
            known, by = taken.setdefault(field.name, (field, draft))
            if (known.type, known.optional, known.default) != (field.type, field.optional, field.default):
                desk.about(draft)(
                    f'"{param_of(draft, field.name).name}" is not what it is in {desk.described(by)}',
                    f"In one context a name means one type and one default: give both the same, "
                    f"or rename one of them in {desk.name_of(context)}.",
                )
    for field, by in taken.values():
        fault = param_fault(field, types)
        if fault is not None:
            desk.about(by)(
                f'the parameter "{param_of(by, field.name).name}" cannot stand in an address',
                f"{fault[0].upper()}{fault[1:]}.",
            )
    if len(taken) > LIMITS["contextParams"]:
        names = ", ".join(param_of(by, field.name).name for field, by in taken.values())
        desk.complainer(f'context "{context.name}"', context.place)(
            f"it has {len(taken)} parameters, at most {LIMITS['contextParams']} are allowed",
            f"They are {names}.",
        )
    return tuple(sorted((field for field, _ in taken.values()), key=lambda one: one.name))
