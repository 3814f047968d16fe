from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, Flag, IntEnum, StrEnum
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    NotRequired,
    Optional,
    Required,
    TypeVar,
    Union,
)

import annotated_types
import pytest
from pydantic import (
    AfterValidator,
    AliasChoices,
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    JsonValue,
    PastDate,
    PositiveInt,
    RootModel,
    SecretStr,
    StringConstraints,
    computed_field,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypeAliasType, TypedDict

from mizan import BigInt, client
from mizan.core.contract import ABSENT
from mizan.core.print_contract import print_contract
from mizan.core.print_type import print_type

from .registering import contract_of, decl, fields, named, output_of, refusal, words

T = TypeVar("T")
UserId = NewType("UserId", int)


class Color(Enum):
    """What it looks like."""

    RED = "red"
    BLUE = "blue"


class Level(StrEnum):
    LOW = "low"


class Priority(IntEnum):
    LOW = 1
    HIGH = 3


class Point(BaseModel):
    x: int
    label_text: str = ""


class Circle(BaseModel):
    kind: Literal["circle"] = "circle"
    radius: float


@dataclass
class Square:
    kind: Literal["square"]
    side: int


class Triangle(TypedDict):
    kind: Literal["triangle"]
    sides: list[int]


Figure = TypeAliasType("Figure", Annotated[Circle | Square, Field(discriminator="kind")])
Currency = TypeAliasType("Currency", Literal["EUR", "USD"])
Ids = TypeAliasType("Ids", list[int])
MaybeFigure = TypeAliasType("MaybeFigure", Circle | Triangle | None)


def answering(annotation: Any) -> Any:
    def it() -> Any: ...

    it.__annotations__["return"] = annotation
    return client(it)


def asking(annotation: Any) -> Any:
    def it(value: Any) -> None: ...

    it.__annotations__["value"] = annotation
    return client(it)


def text_of(annotation: Any) -> str:
    """A type as the contract prints it, on one line."""
    return re.sub(r"\s+", " ", print_type(output_of(answering(annotation)), "")).strip()


ACCEPTED = [
    (str, "string"),
    (Annotated[str, Field(min_length=1, max_length=80)], "string maxLength=80 minLength=1"),
    (Annotated[str, annotated_types.Len(2, 3)], "string maxLength=3 minLength=2"),
    (Annotated[str, annotated_types.MinLen(0)], "string"),
    (Annotated[str, StringConstraints(max_length=5, strip_whitespace=True)], "string maxLength=5"),
    (Annotated[str, Field(pattern="^[a-z]+$")], 'string pattern="[a-z]+"'),
    (Annotated[str, Field(pattern=re.compile(r"\A\d{2}\Z"))], 'string pattern="[0-9]{2}"'),
    (Annotated[str, Field(max_length=9), Field(max_length=5)], "string maxLength=5"),
    (int, "int"),
    (Annotated[int, Field(ge=1, le=10, multiple_of=2)], "int max=10 min=1 multipleOf=2"),
    (Annotated[int, Field(gt=0, lt=10)], "int max=9 min=1"),
    (Annotated[int, annotated_types.Interval(ge=1, lt=5)], "int max=4 min=1"),
    (Annotated[int, Field(ge=-(2**53) + 1, le=2**53)], "int"),
    (PositiveInt, "int min=1"),
    (UserId, "int"),
    (BigInt, "bigint"),
    (Annotated[BigInt, Field(ge=0, lt=10**30)], f'bigint max="{10**30 - 1}" min="0"'),
    (float, "float"),
    (Annotated[float, Field(ge=0.5, le=2)], 'float max=2 min=(float)"0.5"'),
    (Annotated[float, Field(gt=0, lt=1)], "float"),
    (Decimal, "decimal"),
    (
        Annotated[Decimal, Field(ge=0, le=Decimal("9.50"), multiple_of=0.1)],
        'decimal max="9.50" min="0" multipleOf="0.1"',
    ),
    (Annotated[Decimal, Field(max_digits=5, decimal_places=2)], "decimal"),
    (bool, "bool"),
    (datetime.datetime, "datetime"),
    (AwareDatetime, "datetime"),
    (datetime.date, "date"),
    (PastDate, "date"),
    (datetime.time, "time"),
    (datetime.timedelta, "duration"),
    (uuid.UUID, "uuid"),
    (bytes, "bytes"),
    (Any, "json"),
    (JsonValue, "json"),
    (AnyUrl, "string"),
    (HttpUrl, "string"),
    (None, "nothing"),
    (Literal["b", "a"], 'enum "a" "b"'),
    (Literal[Color.RED], 'enum "red"'),
    (Literal["a", None], 'nullable { enum "a" }'),
    (Literal[True, False], "bool"),
    (Literal[3, 5], "int max=5 min=3"),
    (Color, 'ref "Color"'),
    (Level, 'ref "Level"'),
    (Priority, "int max=3 min=1"),
    (Currency, 'ref "Currency"'),
    (Ids, "list { int }"),
    (int | None, "nullable { int }"),
    (Optional[int], "nullable { int }"),  # noqa: UP045
    (Union[int, str], "union tag=#null { int string }"),  # noqa: UP007
    (Union[Literal["a"], Literal["b"], None], 'nullable { enum "a" "b" }'),  # noqa: UP007
    (list[int], "list { int }"),
    (list, "list { json }"),
    (Sequence[int], "list { int }"),
    (tuple[int, ...], "list { int }"),
    (Annotated[list[int], Field(min_length=1, max_length=3)], "list maxItems=3 minItems=1 { int }"),
    (dict[str, int], "map { int }"),
    (dict, "map { json }"),
    (Mapping[str, Color | None], 'map { nullable { ref "Color" } }'),
    (Annotated[dict[str, int], Field(max_length=2)], "map maxItems=2 { int }"),
    (Point, 'ref "Point"'),
    (list[Square | None], 'list { nullable { ref "Square" } }'),
    (Circle | Square | Triangle, 'union tag="kind" { ref "Circle" ref "Square" ref "Triangle" }'),
    (Figure, 'ref "Figure"'),
    (MaybeFigure, 'nullable { ref "MaybeFigure" }'),
    (Figure | Triangle, 'union tag="kind" { ref "Circle" ref "Square" ref "Triangle" }'),
    (Point | int | list[int], 'union tag=#null { int list { int } ref "Point" }'),
    (Annotated[int, AfterValidator(abs), BeforeValidator(abs)], "int"),
]


@pytest.mark.parametrize(("annotation", "expected"), ACCEPTED, ids=[text for _, text in ACCEPTED])
def test_accepts(annotation: Any, expected: str) -> None:
    assert text_of(annotation) == expected
    if annotation is not None:
        contract = contract_of(asking(annotation))
        (given,) = contract.functions[0].input
        assert re.sub(r"\s+", " ", print_type(given.type, "")).strip() == expected


class Place(NamedTuple):
    x: int


class Rights(Flag):
    READ = 1


class Mixed(Enum):
    A = "a"
    B = 1


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int


class Several(BaseModel):
    a: int = Field(validation_alias=AliasChoices("a", "b"))


class NoKind(BaseModel):
    a: int


class Plain: ...


class Page(BaseModel, Generic[T]):
    items: list[T]


class Hollow(BaseModel):
    inner: list[tuple[int, str]]


class Endless(BaseModel):
    again: Endless


NO_FORM = (
    "  Use a Pydantic model, a dataclass, a TypedDict, an Enum, or a plain type such as str, int, Decimal, "
    "datetime, UUID; Any is any JSON."
)
Json = TypeAliasType("Json", "dict[str, Json] | list[Json] | str | None")
Lost = TypeAliasType("Lost", "list[Nowhere]")  # type: ignore[name-defined] # noqa: F821
Circular = TypeAliasType("Circular", "list[Circular]")

REFUSED = [
    (set[int], "a set has no order on the wire", "  Use a list."),
    (frozenset[int], "a set has no order on the wire", "  Use a list."),
    (
        tuple[int, str],
        "a tuple has no form in the contract",
        "  Use a model with a field for each item.",
    ),
    (
        Place,
        "Place is a NamedTuple, which Pydantic writes as a list without names",
        "  Make it a dataclass or a model.",
    ),
    (Iterator[int], "an iterator has no one value", "  Use a list."),
    (AsyncIterator[int], "an iterator has no one value", "  Use a list."),
    (dict[int, str], "the keys of a map are texts, and int is none", "  Use dict[str, …]."),
    (
        Rights,
        "the members of Rights are not all texts, nor all whole numbers",
        "  Give each member a text.",
    ),
    (Mixed, "the members of Mixed are not all texts, nor all whole numbers", "  Give each member a text."),
    (
        Literal["a", 1],
        "a Literal has only texts, only whole numbers or only booleans",
        "  Use texts.",
    ),
    (Plain, "Plain has no wire form", NO_FORM),
    (complex, "complex has no wire form", NO_FORM),
    (object, "object has no wire form", NO_FORM),
    (SecretStr, "SecretStr has no wire form", NO_FORM),
    (Base64Bytes, "bytes has no wire form", NO_FORM),
    (
        T,
        "nothing is given for the type variable T",
        "  Say what it is: Page[Ticket] instead of Page[T].",
    ),
    (
        int | float,
        "two arms of a union are both JSON number, and nothing tells them apart",
        "  Use models with a field that tells them apart.",
    ),
    (
        int | Any,
        "any JSON in a union makes the others pointless",
        "  Leave the others out, or say what it is.",
    ),
    (
        NoKind | Point,
        "a union of objects needs a field that tells them apart",
        '  Give each a field such as kind with a text of its own: kind: Literal["circle"].',
    ),
    (
        Open,
        "Open: a model has fields and other keys besides",
        '  Leave out extra="allow", or move the other keys into a field of type dict.',
    ),
    (
        Circular,
        "a type contains itself without an object in between",
        "  Put a model in between.",
    ),
    (Lost, "Lost: name 'Nowhere' is not defined", "  Import it where the alias stands."),
    (
        Annotated[str, Field(pattern="(?=a)b")],
        "its pattern is no I-Regexp (RFC 9485): a group that looks around, names itself or sets flags",
        "  Write it without lookaround, back references and flags, or move it into a validator.",
    ),
]


@pytest.mark.parametrize(
    ("annotation", "message", "help"), REFUSED, ids=[f"{given}" for given, _, _ in REFUSED]
)
def test_refuses(annotation: Any, message: str, help: str) -> None:
    inside = "[]" if annotation is Circular else ""
    assert refusal(asking(annotation)) == words(f"here:0  it: value{inside}: {message}", help)
    assert refusal(answering(annotation)) == words(f"here:0  it: returns{inside}: {message}", help)


def test_says_where_inside_it_is() -> None:
    assert "it: value.inner[]: a tuple" in refusal(asking(Hollow))
    assert "it: returns[]{}: a set" in refusal(answering(list[dict[str, set[int]]]))
    assert "it: value: Several: a has several names on the wire" in refusal(asking(Several))
    assert "Endless holds itself in every value" in refusal(answering(Endless))


def test_what_pydantic_refuses_is_a_mistake() -> None:
    text = refusal(answering(Annotated[Circle | Square, Field(discriminator="radius")]))
    assert text.startswith("here:0  it: returns: ")
    assert "So says Pydantic, which reads the values." in text


# Structs


def test_fields_of_models_have_wire_names_defaults_and_documentation() -> None:
    class Model(BaseModel):
        """A model."""

        user_id: int
        given_name: str = Field(alias="firstName", description=" The first. ")
        page: int = Field(1, ge=1, deprecated="Use cursor.")
        tags: list[str] = Field(default_factory=list)
        nick: str | None = None
        must: str | None
        color: Color = Color.RED
        span: datetime.timedelta = datetime.timedelta(minutes=90)
        price: Decimal = Decimal("1E+1")
        made: datetime.datetime = Field(default_factory=datetime.datetime.now)
        point: Point = Point(x=1, label_text="a")

    contract = contract_of(answering(Model))
    found = fields(contract, "Model")
    assert named(contract, "Model").doc == "A model."
    assert list(found) == sorted(found)
    assert found["firstName"].doc == "The first."
    assert found["page"].deprecated == "Use cursor."
    assert {name: one.default for name, one in found.items() if one.default is not ABSENT} == {
        "page": 1,
        "tags": [],
        "nick": None,
        "color": "red",
        "span": "PT1H30M",
        "price": "10",
        "point": {"x": 1, "labelText": "a"},
    }
    assert [name for name, one in found.items() if one.optional] == ["made"]


def test_dataclasses_and_typed_dictionaries_are_structs_too() -> None:
    @dataclass
    class Plain:
        some_id: int
        names: list[str] = field(default_factory=list)
        size: int = field(default=3, init=True)

    @pydantic_dataclass
    class Typed:
        some_id: int = Field(alias="theId")

    class Total(TypedDict):
        a: int
        b: NotRequired[Annotated[str, Field(max_length=3)]]
        c: NotRequired[Annotated[int, Field(default=4)]]

    class Partial(TypedDict, total=False):
        a: Required[int]
        b: str

    def it(plain: Any, typed: Any, total: Any, partial: Any) -> None: ...

    it.__annotations__.update(plain=Plain, typed=Typed, total=Total, partial=Partial)
    contract = contract_of(client(it))
    assert fields(contract, "Plain")["names"].default == []
    assert fields(contract, "Plain")["size"].default == 3
    assert named(contract, "Plain").doc is None
    assert list(fields(contract, "Typed")) == ["theId"]
    assert [one.optional for one in fields(contract, "Total").values()] == [False, True, False]
    assert fields(contract, "Total")["c"].default == 4
    assert [one.optional for one in fields(contract, "Partial").values()] == [False, True]


def test_generics_are_named_by_what_they_hold() -> None:
    @dataclass
    class Box(Generic[T]):
        content: T
        more: list[T]

    class Pair(TypedDict, Generic[T]):
        first: T

    def it(box: Any, pair: Any) -> Any: ...

    it.__annotations__.update({"box": Box[int], "pair": Pair[Point], "return": Page[Point]})
    contract = contract_of(client(it))
    assert [one.name for one in contract.types] == ["BoxInt", "PagePoint", "PairPoint", "Point"]
    assert re.sub(r"\s+", " ", print_type(fields(contract, "BoxInt")["more"].type, "")) == "list { int } "
    assert fields(contract, "PairPoint")["first"].type == fields(contract, "PagePoint")["items"].type.items  # type: ignore[union-attr]


def test_root_models_are_what_they_hold_and_unions_take_their_name() -> None:
    class Names(RootModel[list[str]]): ...

    class Shape(RootModel[Annotated[Circle | Square, Field(discriminator="kind")]]):
        """A shape."""

    assert text_of(Names) == "list { string }"
    contract = contract_of(answering(list[Shape]))
    assert named(contract, "Shape").doc == "A shape."
    assert text_of(Shape) == 'ref "Shape"'


def test_a_text_that_is_the_only_one_needs_no_default() -> None:
    contract = contract_of(answering(Figure))
    assert fields(contract, "Circle")["kind"].default is ABSENT
    assert not fields(contract, "Circle")["kind"].optional


def test_a_type_that_contains_itself() -> None:
    class Tree(BaseModel):
        label: str
        children: list[Tree]

    Tree.model_rebuild(_types_namespace={"Tree": Tree})
    assert text_of(Tree) == 'ref "Tree"'
    assert text_of(Json) == 'nullable { ref "Json" }'


class Chain(BaseModel, Generic[T]):
    link: T
    rest: Chain[T] | None = None
    more: list[Chain[T]] = []


def test_a_generic_that_contains_itself() -> None:
    contract = contract_of(answering(Chain[Point]))
    assert [one.name for one in contract.types] == ["ChainPoint", "Point"]
    text = print_contract(contract)
    assert text.count('ref "ChainPoint"') == 3


def test_what_comes_in_and_what_goes_out_is_one_type_or_a_mistake() -> None:
    class Area(BaseModel):
        side: int

        @computed_field
        def square_size(self) -> int:
            return self.side**2

    out = contract_of(answering(Area))
    assert list(fields(out, "Area")) == ["side", "squareSize"]
    assert list(fields(contract_of(asking(Area)), "Area")) == ["side"]

    def both(value: Any) -> Any: ...

    both.__annotations__.update({"value": Area, "return": Area})
    assert refusal(client(both)) == words(
        "here:0  both: Area is one type coming in and another going out",
        "  A computed or excluded field, a default of one direction, an alias of one: "
        "make two classes of it.",
    )


def test_two_types_of_one_name_are_a_mistake_unless_they_are_alike() -> None:
    def thing(**annotations: Any) -> Any:
        return type("Thing", (BaseModel,), {"__annotations__": annotations, "__module__": __name__})

    def pair(one: Any, other: Any) -> Any:
        def it(one: Any) -> Any: ...

        it.__annotations__.update({"one": one, "return": other})
        return client(it)

    assert words(
        "here:0  it: two different types are named Thing: "
        "tests.core.test_annotations.Thing and tests.core.test_annotations.Thing",
        "  Rename one of them.",
    ) == refusal(pair(thing(a=int), thing(b=int)))
    assert [one.name for one in contract_of(pair(thing(a=int), thing(a=int))).types] == ["Thing"]
    lower = type("_lower", (BaseModel,), {"__annotations__": {"a": int}, "__module__": __name__})
    assert text_of(lower) == 'ref "Lower"'
    assert '"5" cannot be the name of a type' in refusal(
        answering(type("_5", (BaseModel,), {"__annotations__": {"a": int}, "__module__": __name__}))
    )


# Parameters

NOTHING: Any = object()


def test_defaults_of_parameters() -> None:
    @client
    def it(
        page: Annotated[int, Field(ge=1)] = 1,
        big: BigInt = 5,
        q: str = Field("x", max_length=3, description="What to look for."),
        color: Color | None = Color.BLUE,
        day: datetime.date = datetime.date(2026, 1, 31),
        ids: tuple[int, ...] = (1, 2),
        at: datetime.datetime | None = None,
        form: str = Field("a", alias="theForm"),
    ) -> None: ...

    contract = contract_of(it)
    text = print_contract(contract)
    found = {one.name: one for one in decl(contract, "it").input}
    assert {name: one.default for name, one in found.items()} == {
        "page": 1,
        "big": "5",
        "q": "x",
        "color": "blue",
        "day": "2026-01-31",
        "ids": [1, 2],
        "at": None,
        "theForm": "a",
    }
    assert found["q"].doc == "What to look for."
    assert "maxLength=3" in text


def test_a_default_that_is_no_value_of_its_type_is_a_mistake() -> None:
    @client
    def wrong(at: datetime.date = "tomorrow") -> None:  # type: ignore[assignment]
        ...

    @client
    def odd(at: Decimal = NOTHING) -> None: ...

    @client
    def beyond(page: Annotated[int, Field(le=5)] = 9) -> None: ...

    assert "wrong.at: the default" in refusal(wrong)
    assert "odd: at: its default is no Decimal" in refusal(odd)
    assert "beyond.page: the default" in refusal(beyond)
