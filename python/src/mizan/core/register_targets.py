"""Resolves `affects` and `merge` of all functions to contexts, members and parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .address_param import is_required
from .collect import shown
from .contract import Affects, ContextDecl, Field, Merge, ScopeParam, TypeDecl
from .define import Context, Scope, definition_of
from .describe_type import describe_type
from .desk import Complainer, Desk, RegisteredFunction
from .mistake import Snippet, nearest
from .names import camel_from_snake, snake_from_camel
from .register_context import param_of
from .scope import fields_of, scope_by_name, scope_explicit


@dataclass(frozen=True, slots=True)
class _Target:
    """What a mutation names."""

    context: ContextDecl
    member: RegisteredFunction | None
    """The query that was named."""
    map: Mapping[str, str] | None
    """By Python names."""


class TargetReader:
    """Resolves the targets of one function."""

    def __init__(
        self,
        desk: Desk,
        contexts: Mapping[str, ContextDecl],
        types: Sequence[TypeDecl],
        draft: RegisteredFunction,
    ) -> None:
        self._desk = desk
        self._contexts = contexts
        self._types = types
        self._draft = draft
        self._complain: Complainer = desk.about(draft)

    def affects(self, value: Any) -> list[Affects]:
        """One target of `affects`."""
        target = self._target(value, "affects")
        if target is None:
            return []
        member = None if target.member is None else target.member.decl.name
        return [Affects(target.context.name, member, self._params(target, "affects"))]

    def merge(self, value: Any) -> list[Merge]:
        """One target of `merge`."""
        target = self._target(value, "merge")
        if target is None:
            return []
        member = target.member
        if member is None:
            self._complain(
                f"merge names {self._context_name(target.context)}, a context",
                "It names a query: the result replaces that member.",
            )
            return []
        output, wanted = self._draft.decl.output, member.decl.output
        if output != wanted:
            self._complain(
                f"it returns {describe_type(output)}, and {self._desk.described(member)} "
                f"returns {describe_type(wanted)}",
                "What merges replaces the value as it stands: let both return the same.",
            )
        params = self._params(target, "merge")
        given = {one.param for one in params}
        missing = [one for one in target.context.params if is_required(one) and one.name not in given]
        if missing:
            names = ", ".join(self._field_text(one, target.context) for one in missing)
            first = self._python_name(target.context, missing[0].name)
            self._complain(
                f"nothing says into which {self._context_name(target.context)} the result merges: "
                f"{names} {'is' if len(missing) == 1 else 'are'} missing",
                "Take it from an argument or a field of the result: "
                f'merge={member.definition.handler.__name__}.scope({first}="…").',
            )
        return [Merge(member.decl.name, params)]

    def refuse_twice(self, affects: Sequence[Affects]) -> None:
        """One context twice in one scope says nothing; in two scopes it is meant."""
        for at, one in enumerate(affects):
            if one in affects[:at]:
                self._complain(f'affects names "{one.member or one.context}" twice', "Once is enough.")

    def _target(self, value: Any, option: str) -> _Target | None:
        scope = value if isinstance(value, Scope) else None
        named = scope.target if scope else value
        map = scope.params if scope else None
        if isinstance(named, Context):
            if self._desk.contexts.get(named.name) is named:
                return _Target(self._contexts[named.name], None, map)
            name = self._desk.name_of(named)
            self._complain(
                f"{option} names {name}{self._desk.at(named.place)}, "
                "which has no member in the passed modules",
                "Pass the module of its queries, or drop it.",
            )
            return None
        definition = definition_of(named)
        if definition is None:
            help = "affects=UserContext, or a query: affects=user_posts."
            self._complain(
                f"{option} names {shown(named)}, neither a context nor a query",
                help if option == "affects" else "merge=user_profile.",
            )
            return None
        member = next((one for one in self._desk.drafts.values() if one.definition is definition), None)
        if member is None:
            self._complain(
                f"{option} names {definition.handler.__name__}{self._desk.at(definition.place)}, "
                "which is not in the passed modules",
                "Pass its module.",
            )
            return None
        decl = self._contexts.get(member.decl.context or "")
        if decl is None:
            self._complain(
                f"{option} names {self._desk.described(member)}, which is no query",
                "Only what reads can become stale.",
            )
            return None
        return _Target(decl, member, map)

    def _params(self, target: _Target, option: str) -> tuple[ScopeParam, ...]:
        if target.map is None:
            return scope_by_name(self._draft.decl.input, target.context, self._types)
        sources = self._sources()
        wire_names = {self._python_name(target.context, one.name): one.name for one in target.context.params}
        wire = {
            wire_names.get(param, camel_from_snake(param)): sources.get(source, camel_from_snake(str(source)))
            for param, source in target.map.items()
        }
        params, faults = scope_explicit(wire, self._draft.decl, target.context, self._types)
        python = {wire_names.get(param, camel_from_snake(param)): param for param in target.map}
        for fault in faults:
            self._explain(target, option, python[fault.param])
        return params

    def _explain(self, target: _Target, option: str, param: str) -> None:
        """A fault of a scope, in the words of the declaration."""
        map = target.map or {}
        source = map[param]
        context, name = target.context, self._context_name(target.context)
        given = name if target.member is None else target.member.definition.handler.__name__
        text = ", ".join(f'{key}="{value}"' for key, value in map.items())
        known = {self._python_name(context, one.name) for one in context.params}
        sources = self._sources()
        if param not in known:
            message = f'{name} has no parameter "{param}"'
            help = self._param_help(context, param, source)
        else:
            message = (
                f'"{source}" is not of the type of {name}\'s "{param}"'
                if source in sources
                else f'neither the arguments nor the result have a field "{source}"'
            )
            help = self._source_help(source)
        mark = f'"{source}"' if param in known else param
        self._complain(message, help, Snippet(f"{option}={given}.scope({text})", mark))

    def _param_help(self, context: ContextDecl, param: str, source: str) -> str:
        if not context.params:
            return "It has no parameters."
        names = [self._python_name(context, one.name) for one in context.params]
        member = self._desk.drafts[context.members[0]]
        texts = ", ".join(self._field_text(one, context) for one in context.params)
        has = f"It has {texts}, from {self._desk.described(member)}."
        meant = nearest(param, names)
        return has if meant is None else f'{has} Did you mean {meant}="{source}"?'

    def _source_help(self, given: str) -> str:
        decl = self._draft.decl
        fields = [*decl.input, *fields_of(decl.output, self._types)]
        if not fields:
            return "It has neither arguments nor a result with fields."
        names = {wire: python for python, wire in self._sources().items()}
        texts = dict.fromkeys(f"{names.get(one.name, one.name)}: {describe_type(one.type)}" for one in fields)
        has = f"There are {', '.join(texts)}."
        meant = nearest(given, names.values())
        return has if meant in (None, given) else f'{has} Did you mean "{meant}"?'

    def _sources(self) -> dict[str, str]:
        """Wire names of the arguments and the fields of the result, by Python names; arguments first."""
        output = self._draft.decl.output
        bare = getattr(output, "of", output)
        names = self._desk.annotations.names.fields.get(getattr(bare, "name", ""), {})
        result = {one.name for one in fields_of(output, self._types)}
        python = {name: wire for name, wire in names.items() if wire in result}
        return {**python, **{raw.name: raw.wire for raw in self._draft.params}}

    def _python_name(self, context: ContextDecl, wire: str) -> str:
        for member in context.members:
            draft = self._desk.drafts[member]
            if any(raw.wire == wire for raw in draft.params):
                return param_of(draft, wire).name
        return snake_from_camel(wire)

    def _field_text(self, field: Field, context: ContextDecl) -> str:
        return f"{self._python_name(context, field.name)}: {describe_type(field.type)}"

    def _context_name(self, context: ContextDecl) -> str:
        return self._desk.name_of(self._desk.contexts[context.name])


def resolve_targets(desk: Desk, contexts: Sequence[ContextDecl]) -> None:
    """Fills in what every function affects and merges."""
    by_name = {decl.name: decl for decl in contexts}
    types = desk.annotations.names.declarations()
    for draft in desk.drafts.values():
        reader = TargetReader(desk, by_name, types, draft)
        options = draft.definition.options
        affects = [one for value in _listed(options.affects) for one in reader.affects(value)]
        merge = [one for value in _listed(options.merge) for one in reader.merge(value)]
        reader.refuse_twice(affects)
        draft.decl = replace(draft.decl, affects=tuple(affects), merge=tuple(merge))


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)
