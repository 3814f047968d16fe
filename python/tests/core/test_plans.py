"""Arguments as Python's values, results as the wire's."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, Literal, NotRequired, TypeVar

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    computed_field,
    model_validator,
)
from typing_extensions import TypeAliasType, TypedDict

from mizan import BigInt, Context, MizanError, client
from mizan.core.compile_plans import compile_plans
from mizan.core.findings import Refused
from mizan.core.plan import FunctionPlan, WrongOutput

from .registering import registry_of

UTC = datetime.UTC
T = TypeVar("T")


class Color(Enum):
    RED = "red"


class Tag(BaseModel):
    tag_id: int
    label: Annotated[str, Field(alias="theLabel")] = "none"


class Scalars(BaseModel):
    # Models keep their own strictness elsewhere; on the wire texts are the only dates there are.
    model_config = ConfigDict(strict=True, ser_json_timedelta="float", ser_json_bytes="hex")

    amount: Decimal
    at_time: datetime.datetime
    big: BigInt
    blob: bytes
    clock: datetime.time
    day: datetime.date
    key: uuid.UUID
    ratio: float
    span: datetime.timedelta
    color: Color
    data: Any


WIRE = {
    "amount": "1.50",
    "atTime": "2026-01-31T10:00:00Z",
    "big": "900719925474099100",
    "blob": "+/8=",
    "clock": "10:00:00.5",
    "day": "2026-01-31",
    "key": "123e4567-e89b-12d3-a456-426614174000",
    "ratio": 1.5,
    "span": "P400DT1H30M",
    "color": "red",
    "data": {"any": [1, None, "x"]},
}


class Circle(BaseModel):
    shape_kind: Literal["circle"]
    radius: float


@dataclass
class Square:
    shape_kind: Literal["square"]
    side: int
    color: Color | None = None


Shape = TypeAliasType("Shape", Annotated[Circle | Square, Field(discriminator="shape_kind")])


class Kind(Enum):
    A = "a"
    B = "b"


class A(BaseModel):
    kind: Literal[Kind.A]


class B(BaseModel):
    kind: Literal[Kind.B]


Ids = TypeAliasType("Ids", list[int])
Blobs = TypeAliasType("Blobs", bytes)
Amount = TypeAliasType("Amount", Decimal)
Anything = TypeAliasType("Anything", Any)
Only = TypeAliasType("Only", Literal[Kind.A])


class Aliased(TypedDict):
    some_ids: Ids
    more_ids: Ids
    blobs: tuple[Blobs, ...]
    blob: Blobs
    amount: Amount
    amounts: list[Amount]
    any: Anything
    anything: Anything
    only: Only
    alone: Only


Kinded = Annotated[A | B, Field(discriminator="kind")]


class Later(BaseModel):
    inner: "list[Chain[Tag]]"


class Chain(BaseModel, Generic[T]):
    first_link: T
    the_rest: "Chain[T] | None" = None


class Row(TypedDict):
    row_id: int
    note: NotRequired[str]
    tag: Tag


def plan_of(function: Any, *more: Any) -> FunctionPlan:
    plans = compile_plans(registry_of(function, *more))
    return plans.by_definition[function.__mizan__]


def answering(annotation: Any) -> FunctionPlan:
    def it() -> Any: ...

    it.__annotations__["return"] = annotation
    return plan_of(client(it))


def asking(annotation: Any) -> FunctionPlan:
    def it(the_value: Any) -> None: ...

    it.__annotations__["the_value"] = annotation
    return plan_of(client(it))


def taken(plan: FunctionPlan, value: Any) -> Any:
    values = plan.check({"theValue": value})
    assert not isinstance(values, Refused)
    result = plan.validate(values)
    return result if isinstance(result, Refused) else result["the_value"]


class TestArguments:
    def test_every_scalar_is_python_s_own(self) -> None:
        found = taken(asking(Scalars), WIRE)
        assert found == Scalars(
            amount=Decimal("1.50"),
            at_time=datetime.datetime(2026, 1, 31, 10, tzinfo=UTC),
            big=900719925474099100,
            blob=b"\xfb\xff",
            clock=datetime.time(10, 0, 0, 500000),
            day=datetime.date(2026, 1, 31),
            key=uuid.UUID(str(WIRE["key"])),
            ratio=1.5,
            span=datetime.timedelta(days=400, minutes=90),
            color=Color.RED,
            data={"any": [1, None, "x"]},
        )
        assert found.at_time.utcoffset() == datetime.timedelta()
        assert answering(Scalars).encode(found) == WIRE

    @pytest.mark.parametrize(
        ("annotation", "wire", "value"),
        [
            (bytes, "AQ==", b"\x01"),
            (list[bytes], ["AQ=="], [b"\x01"]),
            (dict[str, bytes], {"a_b": "AQ=="}, {"a_b": b"\x01"}),
            (float, 1, 1.0),
            (tuple[int, ...], [1, 2], (1, 2)),
            (Sequence[int], [1, 2], [1, 2]),
            (int | str, "5", "5"),
            (Decimal | int, "5", Decimal(5)),
            (int | Decimal, "5", Decimal(5)),
            (int | Decimal, 5, 5),
            (bool | str, "true", "true"),
            (bool | int | None, 1, 1),
            (float | str, "1.5", "1.5"),
            (list[int] | Tag, {"tagId": 1}, Tag(tag_id=1)),
            (Tag, {"tagId": 1, "theLabel": "a"}, Tag.model_validate({"tag_id": 1, "theLabel": "a"})),
            (Shape, {"shapeKind": "circle", "radius": 1}, Circle(shape_kind="circle", radius=1)),
            (list[Shape], [{"shapeKind": "square", "side": 1}], [Square("square", 1)]),
            (Row, {"rowId": 1, "tag": {"tagId": 2}}, {"row_id": 1, "tag": Tag(tag_id=2)}),
            (Literal[Color.RED], "red", Color.RED),
            (list[Kinded], [{"kind": "a"}], [A(kind=Kind.A)]),
            (BigInt, "12", 12),
            (JsonValue, {"a_b": [1]}, {"a_b": [1]}),
            (Annotated[int, AfterValidator(lambda value: value + 1)], 1, 2),
            (Annotated[str, StringConstraints(max_length=3, to_upper=True)], "abc", "ABC"),
        ],
    )
    def test_values(self, annotation: Any, wire: Any, value: Any) -> None:
        found = taken(asking(annotation), wire)
        assert found == value
        assert type(found) is type(value)

    def test_aliases_that_are_used_twice(self) -> None:
        wire = {
            "someIds": [1],
            "moreIds": [2],
            "blobs": ["AQ=="],
            "blob": "AQ==",
            "amount": "1.0",
            "amounts": ["2"],
            "any": 1,
            "anything": [1],
            "only": "a",
            "alone": "a",
        }
        found = taken(asking(Aliased), wire)
        assert found["blobs"] == (b"\x01",)
        assert found["only"] is Kind.A
        encode = answering(Aliased).encode
        assert encode(found) == wire
        assert encode({**found, "some_ids": (1,), "amount": 1}) == {**wire, "amount": "1"}

    def test_types_that_contain_themselves(self) -> None:
        tag = {"tagId": 1, "theLabel": "a"}
        wire = {"inner": [{"firstLink": tag, "theRest": {"firstLink": tag, "theRest": None}}]}
        found = taken(asking(Later), wire)
        assert found.inner[0].the_rest.first_link.tag_id == 1
        assert answering(Later).encode(found) == wire
        assert answering(Chain[Tag]).encode(found.inner[0]) == wire["inner"][0]
        assert answering(list[Chain[Tag]]).encode([{"first_link": {"tag_id": 1}}]) == [
            {"firstLink": {"tagId": 1, "theLabel": "none"}, "theRest": None}
        ]

    def test_absent_arguments_stay_absent_and_defaults_are_filled_in(self) -> None:
        @client
        def it(
            some_id: int, page: int = 1, at: datetime.date = datetime.date(2026, 1, 31), q: str | None = None
        ) -> None: ...

        plan = plan_of(it)
        assert plan.validate(plan.check({"someId": 3})) == {
            "some_id": 3,
            "page": 1,
            "at": datetime.date(2026, 1, 31),
            "q": None,
        }

        def plain(some_id: int, page: int = 1) -> None: ...

        plan = plan_of(client(plain))
        assert plan.validate(plan.check({"someId": 3})) == {"some_id": 3, "page": 1}

    def test_a_default_is_made_afresh(self) -> None:
        @client
        def it(ids: list[int] = [1]) -> None: ...  # noqa: B006

        plan = plan_of(it)
        first: Any = plan.validate(plan.check({}))
        first["ids"].append(2)
        assert plan.validate(plan.check({})) == {"ids": [1]}

    def test_what_pydantic_refuses_on_top_is_invalid_at_its_place_on_the_wire(self) -> None:
        class Range(BaseModel):
            first_day: int
            last_day: int

            @model_validator(mode="after")
            def in_order(self) -> "Range":
                if self.first_day > self.last_day:
                    raise ValueError("ends before it begins")
                return self

        def is_even(value: int) -> int:
            if value % 2:
                raise AssertionError("is odd")
            return value

        class Holder(BaseModel):
            the_ranges: list[Range]
            even_number: Annotated[int, AfterValidator(is_even)]
            shape: Shape | None = None
            big: Annotated[Decimal, Field(max_digits=3)] = Decimal(1)

        plan = asking(Holder)
        refused = taken(
            plan,
            {
                "theRanges": [{"firstDay": 1, "lastDay": 2}, {"firstDay": 2, "lastDay": 1}],
                "evenNumber": 3,
                "big": "1000",
            },
        )
        assert refused.findings == (
            {"path": "/theValue/theRanges/1", "code": "invalid", "message": "ends before it begins"},
            {"path": "/theValue/evenNumber", "code": "invalid", "message": "is odd"},
            {
                "path": "/theValue/big",
                "code": "invalid",
                "message": "Decimal input should have no more than 3 digits in total",
            },
        )

    def test_places_in_unions_name_no_arm(self) -> None:
        def fails(value: float) -> float:
            raise ValueError("never")

        class Oval(BaseModel):
            shape_kind: Literal["oval"]
            the_width: Annotated[float, AfterValidator(fails)]

        kind = Annotated[Oval | Circle, Field(discriminator="shape_kind")]
        refused = taken(asking(list[kind]), [{"shapeKind": "oval", "theWidth": 1}])
        assert [one["path"] for one in refused.findings] == ["/theValue/0/theWidth"]

    def test_an_exception_of_a_validator_that_is_no_verdict_is_raised(self) -> None:
        def breaks(value: int) -> int:
            raise RuntimeError("broken")

        with pytest.raises(RuntimeError, match="broken"):
            taken(asking(Annotated[int, AfterValidator(breaks)]), 1)


class TestResults:
    @pytest.mark.parametrize(
        ("annotation", "result", "wire"),
        [
            (int, 5, 5),
            (str, "a", "a"),
            (float, 2, 2.0),
            (Decimal, Decimal("1E+3"), "1000"),
            (Decimal, Decimal("-0.00"), "0.00"),
            (Decimal, 3, "3"),
            (bytes, b"\xfb\xff", "+/8="),
            (datetime.datetime, datetime.datetime(2026, 1, 31, 10, tzinfo=UTC), "2026-01-31T10:00:00Z"),
            (
                datetime.datetime,
                datetime.datetime(
                    2026, 1, 31, 10, 0, 0, 100000, tzinfo=datetime.timezone(datetime.timedelta(hours=2))
                ),
                "2026-01-31T08:00:00.1Z",
            ),
            (datetime.timedelta, datetime.timedelta(days=-1, seconds=3), "-PT23H59M57S"),
            (datetime.timedelta, datetime.timedelta(), "PT0S"),
            (datetime.time, datetime.time(10, 0, 0, 500000), "10:00:00.5"),
            (Color, Color.RED, "red"),
            (Color, "red", "red"),
            (BigInt, 10**30, str(10**30)),
            (list[int], (1, 2), [1, 2]),
            (list[int], range(1, 3), [1, 2]),
            (dict[str, list[int]], {"a": (1,)}, {"a": [1]}),
            (dict[str, Tag], {"a_b": Tag(tag_id=1)}, {"a_b": {"tagId": 1, "theLabel": "none"}}),
            (Tag, {"tag_id": 1, "secret": "x"}, {"tagId": 1, "theLabel": "none"}),
            (Tag, {"tagId": 1, "theLabel": "a"}, {"tagId": 1, "theLabel": "a"}),
            (Row, {"row_id": 1, "tag": {"tag_id": 2}, "more": 1}, None),
            (Square, Square("square", 1), {"shapeKind": "square", "side": 1, "color": None}),
            (Shape, {"shape_kind": "square", "side": 1}, {"shapeKind": "square", "side": 1, "color": None}),
            (list[Shape], [Circle(shape_kind="circle", radius=1)], [{"shapeKind": "circle", "radius": 1.0}]),
            (Tag | None, None, None),
            (list[Kinded], [A(kind=Kind.A), {"kind": "b"}, {"kind": Kind.B}], [{"kind": x} for x in "abb"]),
            (Any, {"a": [1.5, True]}, {"a": [1.5, True]}),
            (int | str, "5", "5"),
            (Decimal | int, 5, 5),
            (None, None, None),
        ],
    )
    def test_are_written(self, annotation: Any, result: Any, wire: Any) -> None:
        if annotation is Row:
            wire = {"rowId": 1, "tag": {"tagId": 2, "theLabel": "none"}}
        assert answering(annotation).encode(result) == wire

    @pytest.mark.parametrize(
        ("annotation", "result", "where"),
        [
            (int, "5", "the result"),
            (int, True, "the result"),
            (int, 2**53, "the result"),
            (int, None, "the result"),
            (None, 1, "the result"),
            (str, 5, "the result"),
            (str, uuid.UUID(int=1), "the result"),
            (str, datetime.date(2026, 1, 1), "the result"),
            (float, float("nan"), "the result"),
            (float, "1.5", "the result"),
            (Decimal, 1.5, "the result"),
            (Decimal, "1.5", "the result"),
            (Decimal, Decimal("NaN"), "the result"),
            (datetime.datetime, datetime.datetime(2025, 1, 31, 10), "the result"),
            (datetime.datetime, "2026-01-31T10:00:00Z", "the result"),
            (datetime.date, "2026-01-31", "the result"),
            (datetime.date, datetime.datetime(2026, 1, 31, 10, tzinfo=UTC), "the result"),
            (uuid.UUID, "123e4567-e89b-12d3-a456-426614174000", "the result"),
            (bytes, "AQ==", "the result"),
            (BigInt, "12", "the result"),
            (BigInt, 1.0, "the result"),
            (Color, "green", "the result"),
            (bool, 1, "the result"),
            (list[int], {"a": 1}, "the result"),
            (list[int], [1, "2"], "/1"),
            (list[int], (one for one in (1, 2)), "the result"),
            (list[int], {1, 2}, "the result"),
            (list[str], "ab", "the result"),
            (dict[str, list[int]], {"a": iter([1])}, "/a"),
            (dict[str, int], {1: 2}, "the result"),
            (Tag, {"tag_id": "1"}, "/tag_id"),
            (Tag, {}, "/tagId"),
            (Tag, Tag.model_construct(tag_id="5", theLabel="a"), "/tagId"),
            (Tag, Square("square", 1), "the result"),
            (Square, Square("square", "1"), "/side"),  # type: ignore[arg-type]
            (Row, {"row_id": "1", "tag": Tag(tag_id=1)}, "/row_id"),
            (Annotated[int, Field(le=5)], 6, "the result"),
            (Annotated[str, Field(max_length=1)], "ab", "the result"),
            (Any, object(), "the result"),
            (Any, {"a": Tag(tag_id=1)}, "the result"),
            (Any, {"a": Decimal(1)}, "the result"),
            (int | str, 1.5, "the result"),
            (Shape, {"shape_kind": "cube"}, "the result"),
        ],
    )
    def test_of_a_wrong_type_are_never_coerced(self, annotation: Any, result: Any, where: str) -> None:
        with pytest.raises(WrongOutput) as raised:
            answering(annotation).encode(result)
        text = str(raised.value)
        assert text.startswith("it returned a wrong output: ")
        if where != "the result":
            assert where.replace("_i", "I").lower() in text.replace("_i", "I").lower()
        for value in ("2025-01-31", "123e4567", "AQ==", "1.5"):
            assert value not in text

    def test_of_a_function_that_says_nothing_of_them_are_nothing(self) -> None:
        @client
        def it():  # type: ignore[no-untyped-def]
            return 5

        assert plan_of(it).encode(5) is None

    def test_dictionaries_and_models_in_turn(self) -> None:
        encode = answering(list[Tag]).encode
        wire = [{"tagId": 1, "theLabel": "none"}]
        for given in ([Tag(tag_id=1)], [{"tag_id": 1}], [Tag(tag_id=1)], [{"tagId": 1}]):
            assert encode(given) == wire
            with pytest.raises(WrongOutput, match=r"it returned a wrong output: /0/tag(Id|_id)"):
                encode([Tag.model_construct(tag_id="1")])

    def test_computed_fields_go_out(self) -> None:
        class Area(BaseModel):
            side: int

            @computed_field
            def square_size(self) -> int:
                return self.side**2

        assert answering(Area).encode(Area(side=3)) == {"side": 3, "squareSize": 9}

    def test_of_subclasses_give_what_was_declared(self) -> None:
        class More(Tag):
            secret: str

        assert answering(Tag).encode(More(tag_id=1, secret="x")) == {"tagId": 1, "theLabel": "none"}
        assert answering(list[Tag]).encode([More(tag_id=1, secret="x")]) == [{"tagId": 1, "theLabel": "none"}]


class TestErrors:
    def test_details_are_written_in_wire_names(self) -> None:
        class Gone(MizanError, status=410):
            gone_since: datetime.date | None
            how_many: int = 1

        @client(errors=[Gone])
        def it() -> None: ...

        write = plan_of(it).errors[Gone]
        assert write(Gone(gone_since=datetime.date(2026, 1, 31)).details) == {
            "goneSince": "2026-01-31",
            "howMany": 1,
        }
        wrong: Any = {"gone_since": "2026-01-31"}
        assert isinstance(write(Gone(**wrong).details), Refused)
        wrong = {"gone_since": None, "how_many": "1"}
        assert isinstance(write(Gone(**wrong).details), Refused)


class TestPlans:
    def test_scopes_of_direct_calls_take_python_s_values(self) -> None:
        days = Context("days")

        @client(context=days)
        def read(the_day: datetime.date, color: Color) -> int:
            return 1

        @client(affects=days)
        def touch(the_day: datetime.date, color: Color, other: int = 1) -> None: ...

        day = datetime.date(2026, 1, 31)
        plan = plan_of(read, touch)
        assert plan.scopes is None
        assert plan.wire_args({"the_day": day}) == {}
        plan = plan_of(touch, read)
        assert plan.wire_args({"the_day": day, "color": Color.RED}) == {
            "theDay": "2026-01-31",
            "color": "red",
        }
        assert plan.wire_args({"the_day": "soon", "color": Color.RED}) == {"color": "red"}

    def test_members_are_visible_ones_by_name(self) -> None:
        home = Context("home")

        @client(context=home)
        def second_one(page: int = 1) -> int:
            return 1

        @client(context=home)
        def first_one() -> int:
            return 1

        @client(context=home, private=True, auth=True)
        def hidden() -> int:
            return 1

        plans = compile_plans(registry_of(first_one, second_one, hidden))
        plan = plans.contexts["home"]
        assert [member.plan.name for member in plan.members] == ["firstOne", "secondOne"]
        assert [member.params for member in plan.members] == [(), ("page",)]
        assert plan.members[0].key == b'"firstOne":'
        assert plan.for_users
