import types
from typing import Any

import pytest
from pydantic import BaseModel

from mizan import Context, Identity, MizanError, ReactContext, client
from mizan.core.contract import ContextDecl, Field, IntType, NullableType, RefType, StringType
from mizan.core.define import definition_of
from mizan.core.print_contract import print_contract

from .registering import contract_of, decl, fields, named, refusal, registry_of, words

UserContext = ReactContext("user")


class Profile(BaseModel):
    id: int
    name: str


@client(context=UserContext)
def user_profile(user_id: int) -> Profile:
    return Profile(id=user_id, name="")


def module_of(name: str = __name__, **members: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(members)
    return module


BASE = module_of(UserContext=UserContext, user_profile=user_profile, Profile=Profile)


class TestRegistration:
    def test_takes_what_a_module_wrote_once_and_nothing_that_it_imported(self) -> None:
        elsewhere = module_of("elsewhere", user_profile=user_profile, UserContext=UserContext)

        @client
        def ping() -> None: ...

        registry = registry_of(BASE, elsewhere, ping, BASE)
        assert [one.decl.name for one in registry.functions] == ["ping", "userProfile"]
        assert "the modules hold no server function" in refusal(elsewhere)

    def test_a_package_holds_what_its_modules_wrote(self) -> None:
        package = module_of("tests", user_profile=user_profile)
        package.__path__ = []
        user_profile_module = definition_of(user_profile)
        assert user_profile_module is not None
        assert user_profile_module.handler.__module__.startswith("tests.")
        assert [one.decl.name for one in registry_of(package).functions] == ["userProfile"]

    def test_names_are_the_wire_s_unless_one_is_given(self) -> None:
        @client(name="otherName")
        def named_one(some_text: str) -> None: ...

        function = contract_of(named_one).functions[0]
        assert function.name == "otherName"
        assert [field.name for field in function.input] == ["someText"]

    def test_says_where_everything_stands(self) -> None:
        class Gone(MizanError):
            pass

        @client(errors=[Gone])
        def leave() -> None: ...

        sources = registry_of(BASE, leave).sources
        path = "tests/core/test_registry.py"
        assert sources["functions"]["userProfile"]["path"] == path
        line = sources["functions"]["userProfile"]["line"]
        assert sources["contexts"]["user"] == {"path": path, "line": line - 8}
        assert sources["types"]["Profile"] == {"path": path, "line": line - 5}
        assert sources["errors"]["Gone"]["line"] == sources["functions"]["leave"]["line"] - 3

    def test_takes_documentation_and_deprecation_over(self) -> None:
        documented = Context("documented", doc="  A context. ")

        class Row(BaseModel):
            """A row.

            Of two lines.
            """

            a: int

        class Sold(MizanError):
            """Gone."""

            left: int

        @client(context=documented)
        def read() -> Row:
            """
            First line.
               Second.
            """
            return Row(a=1)

        @client(deprecated=True, errors=[Sold])
        def gone() -> None: ...

        @client(deprecated=" Use read. ")
        def going() -> None: ...

        contract = contract_of(read, gone, going)
        assert decl(contract, "read").doc == "First line.\nSecond."
        assert decl(contract, "gone").deprecated == ""
        assert decl(contract, "going").deprecated == "Use read."
        assert contract.contexts[0].doc == "A context."
        assert contract.errors[0].doc == "Gone."
        assert named(contract, "Row").doc == "A row.\n\nOf two lines."

    def test_gives_one_contract_in_whatever_order_things_come(self) -> None:
        @client(affects=UserContext)
        def touch(user_id: int) -> None: ...

        one, other = contract_of(touch, BASE), contract_of(BASE, touch)
        assert print_contract(one) == print_contract(other)

    def test_leaves_to_the_host_what_the_caller_never_sends(self) -> None:
        @client(context=UserContext)
        def mine(request, user_id: int, who: Identity | None) -> str:  # type: ignore[no-untyped-def]
            return ""

        @client
        def strict(who: Identity, request: str) -> None: ...

        registry = registry_of(mine, strict)
        first, second = registry.functions
        assert [field.name for field in first.decl.input] == ["userId"]
        assert [given.name for given in first.injected] == ["request"]
        assert (first.identity_param, second.identity_param) == ("who", "who")
        assert [field.name for field in second.decl.input] == ["request"]

    def test_a_context_has_the_parameters_of_its_members_and_their_class(self) -> None:
        context = Context("board", cache=60, rev=2)

        @client(context=context)
        def cards(board_id: int, q: str = "") -> str:
            return ""

        @client(context=context, auth=True)
        def size(board_id: int, state: str | None = None) -> int:
            return 0

        assert contract_of(cards, size).contexts == (
            ContextDecl(
                name="board",
                params=(
                    Field("boardId", IntType()),
                    Field("q", StringType(), default=""),
                    Field("state", NullableType(StringType()), default=None),
                ),
                members=("cards", "size"),
                cache_class="user",
                cache=60,
                rev=2,
            ),
        )

    @pytest.mark.parametrize(
        ("auth", "kind"),
        [
            (None, "none"),
            (False, "none"),
            (True, "user"),
            ("staff", "staff"),
            ("superuser", "superuser"),
            (lambda who, args: True, "custom"),
        ],
    )
    def test_guards(self, auth: Any, kind: str) -> None:
        @client(auth=auth, private=True, websocket=True)
        def guarded() -> None: ...

        function = contract_of(guarded).functions[0]
        assert (function.auth, function.private, function.websocket) == (kind, True, True)

    def test_declared_errors_have_their_fields(self) -> None:
        class OutOfStock(MizanError, status=410):
            left_over: int
            note: str | None = None

        @client(errors=[OutOfStock])
        def buy() -> None: ...

        error = contract_of(buy).errors[0]
        assert (error.name, error.status) == ("OutOfStock", 410)
        assert error.fields == (
            Field("leftOver", IntType()),
            Field("note", NullableType(StringType())),
        )
        raised = OutOfStock(left_over=2)
        assert (raised.left_over, raised.note, raised.status) == (2, None, 410)
        with pytest.raises(TypeError, match="OutOfStock lacks left_over"):
            OutOfStock()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="OutOfStock has no field count"):
            OutOfStock(left_over=1, count=2)  # type: ignore[call-arg]


class TestTargets:
    def test_scopes_by_name_and_from_where_they_are_mapped(self) -> None:
        @client(affects=UserContext)
        def by_name(user_id: int) -> None: ...

        @client(affects=[UserContext.scope(user_id="author_id"), user_profile])
        def mapped(author_id: int) -> None: ...

        @client(affects=user_profile.scope(user_id="id"))
        def of_result(name: str) -> Profile:
            return Profile(id=1, name=name)

        contract = contract_of(BASE, by_name, mapped, of_result)
        text = print_contract(contract)
        assert text.count('scope "userId" from="args" field="userId"') == 1
        assert text.count('scope "userId" from="args" field="authorId"') == 1
        assert text.count('scope "userId" from="result" field="id"') == 1
        assert [one.member for one in decl(contract, "mapped").affects] == [None, "userProfile"]

    def test_merges_into_a_query_that_returns_the_same(self) -> None:
        @client(merge=user_profile, affects=UserContext)
        def rename(user_id: int, name: str) -> Profile:
            return Profile(id=user_id, name=name)

        @client(merge=[user_profile.scope(user_id="id")])
        def create(name: str) -> Profile:
            return Profile(id=1, name=name)

        contract = contract_of(BASE, rename, create)
        for name, source in (("rename", "args"), ("create", "result")):
            merge = decl(contract, name).merge[0]
            assert (merge.function, merge.params[0].source) == ("userProfile", source)


def noop() -> None: ...


class TestWords:
    def test_for_two_functions_of_one_name(self) -> None:
        @client(name="userProfile")
        def other() -> None: ...

        @client
        def userprofile() -> None: ...

        assert refusal(BASE, other) == words(
            'here:0  other: would be "userProfile" on the wire, and so is here:0 user_profile',
            '  Rename one of them, or give it a wire name: @client(…, name="otherUserProfile").',
        )
        assert 'and here:0 user_profile "userProfile" differs by case only' in refusal(BASE, userprofile)

    def test_for_a_name_that_is_none(self) -> None:
        @client
        def Get_user() -> None: ...  # noqa: N802

        assert refusal(Get_user) == words(
            'here:0  Get_user: "GetUser" is no wire name',
            "  Wire names are lowerCamelCase, ASCII, at most 64 letters and digits: name='getUser'.",
        )

        @client(name="x" * 65)
        def long() -> None: ...

        assert "is no wire name" in refusal(long)

    def test_for_a_scope_that_names_what_the_context_lacks(self) -> None:
        @client(affects=UserContext.scope(userid="author_id"))
        def publish(author_id: int) -> None: ...

        assert refusal(BASE, publish) == words(
            'here:0  publish: UserContext has no parameter "userid"',
            '    affects=UserContext.scope(userid="author_id")',
            "                              ^^^^^^",
            '  It has user_id: int, from user_profile (here:0). Did you mean user_id="author_id"?',
        )

    def test_for_a_scope_that_takes_from_what_is_not_there_or_of_another_type(self) -> None:
        @client(affects=UserContext.scope(user_id="autor_id"))
        def missing(author_id: int) -> None: ...

        @client(affects=user_profile.scope(user_id="name"))
        def typed(name: str) -> None: ...

        @client(affects=UserContext.scope(user_id="x"))
        def bare() -> None: ...

        assert refusal(BASE, missing) == words(
            'here:0  missing: neither the arguments nor the result have a field "autor_id"',
            '    affects=UserContext.scope(user_id="autor_id")',
            "                                      ^^^^^^^^^^",
            '  There are author_id: int. Did you mean "author_id"?',
        )
        assert refusal(BASE, typed) == words(
            'here:0  typed: "name" is not of the type of UserContext\'s "user_id"',
            '    affects=user_profile.scope(user_id="name")',
            "                                       ^^^^^^",
            "  There are name: string.",
        )
        assert "It has neither arguments nor a result with fields." in refusal(BASE, bare)

    def test_for_a_target_that_is_none(self) -> None:
        team = Context("team")

        @client
        def ping() -> None: ...

        def touch(target: Any, **more: Any) -> Any:
            def touch() -> None: ...

            return client(affects=target, **more)(touch)

        assert refusal(BASE, touch("user")) == words(
            'here:0  touch: affects names the text "user", neither a context nor a query',
            "  affects=UserContext, or a query: affects=user_posts.",
        )
        assert refusal(BASE, touch(team)) == words(
            'here:0  touch: affects names context "team" (here:0), which has no member in the passed modules',
            "  Pass the module of its queries, or drop it.",
        )
        assert refusal(touch(user_profile)) == words(
            "here:0  touch: affects names user_profile (here:0), which is not in the passed modules",
            "  Pass its module.",
        )
        assert refusal(ping, touch(ping)) == words(
            "here:0  touch: affects names ping (here:0), which is no query",
            "  Only what reads can become stale.",
        )
        assert refusal(BASE, touch([UserContext, UserContext])) == words(
            'here:0  touch: affects names "user" twice', "  Once is enough."
        )

    def test_for_a_merge(self) -> None:
        @client(merge=user_profile)
        def rename(user_id: int) -> str:
            return ""

        @client(merge=user_profile)
        def lost(name: str) -> Profile:
            return Profile(id=1, name=name)

        target: Any = UserContext

        @client(merge=target)
        def into(user_id: int) -> Profile:
            return Profile(id=1, name="")

        assert refusal(BASE, rename) == words(
            "here:0  rename: it returns string, and user_profile (here:0) returns Profile",
            "  What merges replaces the value as it stands: let both return the same.",
        )
        assert refusal(BASE, lost) == words(
            "here:0  lost: nothing says into which UserContext the result merges: user_id: int is missing",
            '  Take it from an argument or a field of the result: merge=user_profile.scope(user_id="…").',
        )
        assert refusal(BASE, into) == words(
            "here:0  into: merge names UserContext, a context",
            "  It names a query: the result replaces that member.",
        )

    def test_for_a_read_that_writes_and_a_read_of_nothing(self) -> None:
        @client(context=UserContext, affects=UserContext)
        def both(user_id: int) -> int:
            return 1

        @client(context=UserContext)
        def nothing(user_id: int) -> None: ...

        assert refusal(BASE, both) == words(
            "here:0  both: it has a context and affects or merge",
            "  A read that writes cannot be cached: drop one, or make two functions of it.",
        )
        assert refusal(BASE, nothing) == words(
            "here:0  nothing: it is a query and returns nothing",
            "  Say what it returns: -> Profile.",
        )

    def test_for_parameters_of_a_context(self) -> None:
        context = Context("c")

        def read(**annotations: Any) -> Any:
            def read(**_: Any) -> int:
                return 1

            parameters = ", ".join(annotations)
            scope: dict[str, Any] = {}
            exec(f"def read({parameters}): ...", scope)
            scope["read"].__annotations__ = {**annotations, "return": int}
            scope["read"].__module__ = __name__
            return client(context=context)(scope["read"])

        assert words(
            'read: the parameter "ids" cannot stand in an address',
            "  A parameter of a context is a string, int, bigint, bool, date, datetime, uuid or enum, "
            "or one of these nullable.",
        ) in refusal(read(ids=list[int]))
        assert words(
            'here:0  context "c": it has 6 parameters, at most 5 are allowed', "  They are a, b, c, d, e, f."
        ) in refusal(read(a=int, b=int, c=int, d=int, e=int, f=int))
        assert 'the parameter "ratio" cannot stand in an address' in refusal(read(ratio=float))

        @client(context=context)
        def one(page: int = 1) -> int:
            return 1

        @client(context=context)
        def two(page: int) -> int:
            return 1

        @client(context=context)
        def nullable(q: str | None = "x") -> int:
            return 1

        assert refusal(one, two) == words(
            'here:0  two: "page" is not what it is in one (here:0)',
            "  In one context a name means one type and one default: give both the same, "
            'or rename one of them in context "c".',
        )
        assert "A nullable parameter of a context has no default but null." in refusal(nullable)

    def test_for_contexts(self) -> None:
        def read(context: Any, name: str = "read") -> Any:
            def read() -> int:
                return 1

            return client(context=context, name=name)(read)

        one, two = Context("same"), Context("same")
        assert refusal(read(one), read(two, "other")) == words(
            'here:0  context "same": there is another context "same" at here:0',
            "  Rename one of them, or share the one.",
        )
        assert '"Bad" is no wire name' in refusal(read(Context("Bad")))
        assert words(
            'here:0  context "c": cache is 0',
            "  It is whole seconds, from 1; leave it out where nothing may be kept.",
        ) == refusal(read(Context("c", cache=0)))
        assert "rev is -1" in refusal(read(Context("c", rev=-1)))
        assert refusal(read("user")) == words(
            'here:0  read: context is the text "user", not a context',
            "  UserContext = ReactContext('user'), then context=UserContext.",
        )

    def test_for_errors(self) -> None:
        def buy(errors: Any) -> Any:
            def buy() -> None: ...

            return client(errors=errors)(buy)

        def declared(name: str, **options: Any) -> Any:
            return type(name, (MizanError,), {"__module__": __name__}, **options)

        assert words(
            'notPascal: "notPascal" is no name for a declared error', "  It is PascalCase: OutOfStock."
        ) in refusal(buy([declared("notPascal")]))
        assert '"CONFLICT" is no name for a declared error' in refusal(buy([declared("CONFLICT")]))
        assert words("the status 200 is no error", "  Use 400 to 599; 409 when left out.") in refusal(
            buy([declared("Fine", status=200)])
        )
        assert "two errors are named Same, the other (here:0)" in refusal(
            buy([declared("Same"), declared("Same")])
        )
        assert refusal(buy(["OutOfStock"])) == words(
            'here:0  buy: errors names the text "OutOfStock", no class of a declared error',
            "  class OutOfStock(MizanError, status=409): … Standard codes need no declaration.",
        )
        assert "errors names the class MizanError" in refusal(buy([MizanError]))
        assert refusal(buy(declared("One"))) == words(
            "here:0  buy: errors is the class One", "  It is a list: errors=[OutOfStock]."
        )

        class Set(MizanError):
            values: set[int]

        assert "Set: values: a set has no order on the wire" in refusal(buy([Set]))

    def test_for_options(self) -> None:
        def x(**options: Any) -> Any:
            def x() -> None: ...

            return client(**options)(x)

        assert refusal(x(afects=UserContext)) == words(
            'here:0  x: there is no option "afects"', "  Did you mean affects?"
        )
        assert refusal(x(auth="admin")) == words(
            'here:0  x: auth is the text "admin"',
            "  It is True, 'staff', 'superuser', or a function of (who, args).",
        )
        assert refusal(x(private="yes")) == words(
            'here:0  x: private is the text "yes"', "  It is True or left out."
        )
        with pytest.raises(TypeError, match="@client decorates functions"):
            client(5)  # type: ignore[call-overload]

    def test_for_parameters(self) -> None:
        @client
        def bare(a) -> None: ...  # type: ignore[no-untyped-def]

        @client
        def many(*args: int, **more: int) -> None: ...

        @client
        def by_place(a: int, /) -> None: ...

        @client
        def lost(a: "Nowhere") -> None: ...  # type: ignore[name-defined] # noqa: F821

        @client
        def nowhere() -> "list[Nowhere]":  # type: ignore[name-defined] # noqa: F821
            return []

        assert refusal(bare) == words("here:0  bare: a: it has no annotation", "  Say what it is: a: int.")
        assert "args: it takes any number of arguments" in refusal(many)
        assert "more: it takes any names" in refusal(many)
        assert "a: it is positional only" in refusal(by_place)
        assert refusal(lost) == words(
            "here:0  lost: a: the annotation \"Nowhere\" leads nowhere: name 'Nowhere' is not defined",
            "  Import it in the module, outside of TYPE_CHECKING.",
        )
        assert 'returns: the annotation "list[Nowhere]" leads nowhere' in refusal(nowhere)

    def test_for_modules(self) -> None:
        assert refusal(module_of()) == words(
            "mizan: the modules hold no server function",
            "  Decorate functions with @client, and pass the modules that they are written in.",
        )
        assert 'modules[0] is the text "users"' in refusal("users")
        assert "modules[0] is the function noop" in refusal(noop)

    def test_everything_at_once_by_file_and_line(self) -> None:
        @client(affects="user")  # type: ignore[arg-type]
        def first() -> None: ...

        @client
        def second(when: set[int]) -> None: ...

        @client(context=UserContext, affects=UserContext)
        def third(user_id: int) -> int:
            return 1

        text = refusal(third, second, BASE, first)
        assert [block.split(": ")[0] for block in text.split("\n\n")] == [
            "here:0  first",
            "here:0  second",
            "here:0  third",
        ]


def test_arguments_and_results_of_one_class_are_one_type() -> None:
    @client
    def echo(value: Profile) -> Profile:
        return value

    contract = contract_of(echo)
    assert contract.functions[0].output == contract.functions[0].input[0].type == RefType("Profile")
    assert list(fields(contract, "Profile")) == ["id", "name"]
