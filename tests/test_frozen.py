"""`frozen` makes of a class what `dataclass(frozen=True, slots=True)` makes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from attain_compiler.frozen import frozen

standard: Any = dataclasses.dataclass(frozen=True, slots=True)


class Made:
    """A class and one derived from it, as one of the two makes them."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        class Node:
            """Anything with a place."""

            span: int = field(kw_only=True, compare=False, repr=False)

        Node.__qualname__ = "Node"
        made: Any = make(Node)

        class Name(made):  # type: ignore[misc]
            text: str
            number: int = 7

        Name.__qualname__ = "Name"
        self.node: Any = made
        self.name: Any = make(Name)


MAKERS = [pytest.param(Made(frozen), id="frozen"), pytest.param(Made(standard), id="dataclass")]


@pytest.fixture(params=MAKERS)
def made(request: pytest.FixtureRequest) -> Made:
    chosen: Made = request.param
    return chosen


def test_equal_is_what_has_equal_fields_but_for_those_left_out(made: Made) -> None:
    assert made.name("a", span=1) == made.name("a", 7, span=2)
    assert made.name("a", span=1) != made.name("b", span=1)


def test_a_value_equals_no_value_of_another_class(made: Made) -> None:
    assert made.node(span=1) != made.name("a", span=1)
    assert made.name("a", span=1) != "a"


def test_what_is_equal_has_one_hash(made: Made) -> None:
    assert len({made.name("a", span=1), made.name("a", span=2), made.name("b", span=1)}) == 2
    assert len({made.node(span=1), made.node(span=2)}) == 1


def test_it_is_shown_by_its_fields(made: Made) -> None:
    assert repr(made.name("a", span=1)) == "Name(text='a', number=7)"


def test_the_base_may_be_made_before_what_is_derived_from_it(made: Made) -> None:
    assert made.node(span=3).span == 3
    assert made.name(text="a", number=1, span=4).span == 4


def test_no_field_can_be_set_or_deleted(made: Made) -> None:
    value = made.name("a", span=1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'text'"):
        value.text = "b"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'text'"):
        del value.text


def test_it_has_slots_and_no_dictionary(made: Made) -> None:
    assert made.name.__slots__ == ("text", "number")
    assert not hasattr(made.name("a", span=1), "__dict__")


def test_fields_can_be_listed_and_replaced(made: Made) -> None:
    value = made.name("a", span=1)
    assert [each.name for each in dataclasses.fields(value)] == ["span", "text", "number"]
    assert dataclasses.replace(value, number=2) == made.name("a", 2, span=1)


def test_it_matches_by_position(made: Made) -> None:
    assert made.name.__match_args__ == ("text", "number")


def test_a_field_without_a_default_cannot_follow_one_that_has_one() -> None:
    @frozen
    class Wrong:
        first: int = 1
        second: int

    with pytest.raises(TypeError, match="without a default"):
        Wrong(1, 2)


def test_classes_with_as_many_fields_keep_their_own_names() -> None:
    @frozen
    class One:
        first: int
        second: int = 5

    @frozen
    class Other:
        left: int
        right: int

    assert (One(1), One(second=2, first=1), Other(left=3, right=4)) == (One(1, 5), One(1, 2), Other(3, 4))
    with pytest.raises(TypeError, match=r"Other.__init__.*'first'"):
        Other(first=1, right=2)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {"span": 1}), (("a", 1, 2), {"span": 1}), (("a",), {}), (("a",), {"span": 1, "other": 2})],
    ids=["one is missing", "one too many", "a named one is missing", "there is no such field"],
)
def test_wrong_arguments_are_refused(made: Made, values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        made.name(*values, **named)
