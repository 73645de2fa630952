"""Values that are not settled, and operations that work on settled and unsettled ones alike.

A settled value is as `attain_compiler.model.types` says. An unsettled condition is a `Formula`, an unsettled number a
`Quantity` of `quantities`. Any other value may be `Cases` (one of several, each on its condition), `Unknown`, or
`NO_VALUE` (a division by 0, the least of nothing), which only `else` takes away.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import prod
from typing import Any, Final, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model.types import (
    DATE,
    NEVER,
    NEVER_MONTH,
    Band,
    Duration,
    EntityType,
    EnumType,
    EnumValue,
    Quantity,
    Simple,
    Type,
    Value,
)
from attain_engine.evaluate.missing import Compared, Contained, IsValue
from attain_engine.evaluate.moved import Moved, distance, earliest, in_order
from attain_engine.evaluate.problems import TooManyCases
from attain_engine.facts.model import NewIdentifier, Row
from attain_engine.open import quantities
from attain_engine.open.conditions import (
    Amount,
    Condition,
    Derived,
    Formula,
    conjunction,
    disjunction,
    either,
    negation,
    unknown,
)
from attain_engine.open.quantities import Comparison, Linear, Stairs, of_amount

MOST_CASES = 20_000
"""So many combinations of what unknown values may be are gone through at the most."""


class Named(Derived):
    """A text or an identifier; `order` is a number that stands for it."""

    __slots__ = ()


class NoValue:
    """The value of what has none."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "no value"


NO_VALUE: Final = NoValue()


@frozen
class Unknown:
    """A date, month, duration, text, identifier, set or band that is not known; `name` says which. `low` and `high` are
    the ends of a date or month, as far as they are known."""

    name: Any
    type: Type
    low: Any = None
    high: Any = None


@frozen
class Cases:
    """One of several values: the conditions exclude each other and one of them holds."""

    alternatives: tuple[tuple[Condition, Any], ...]


Found: TypeAlias = "Value | Row | NewIdentifier | Formula | Linear | Stairs | Cases | Unknown | NoValue"
"""What an expression comes to: a settled value, a row, or something that is not settled."""


OPEN = (Formula, Linear, Stairs, Cases, Unknown, NoValue)
"""What is not settled. Everything else is."""

SETTLED: Final = frozenset(
    {int, Fraction, bool, str, NewIdentifier, datetime.date, EnumValue, Duration, frozenset, Row}
)
"""Types of values that are settled: a look into this set is quicker than one at all of `OPEN`."""


def unknown_of(type_: Type, name: Any, low: Any = None, high: Any = None, members: Iterable[Any] = ()) -> Found:
    """The value of something unknown of this type; `members` are an enum's values."""
    match type_:
        case Quantity(kind=kind):
            if isinstance(high, Linear | Stairs):
                _, high = quantities.range_of(high)
            return of_amount(Amount("unknown", name, low, high, whole=kind == "count"))
        case Simple(kind="flag"):
            return unknown(name)
        case EnumType():
            values = list(members)
            alternatives: list[tuple[Condition, Found]] = []
            rest: Condition = True
            for value in values[:-1]:
                this = unknown(IsValue(name, value))
                alternatives.append((conjunction((rest, this)), value))
                rest = conjunction((rest, negation(this)))
            alternatives.append((rest, values[-1]))
            return Cases(tuple(alternatives))
        case _:
            return Unknown(name, type_, low, high)


def merged(alternatives: list[tuple[Condition, Found]]) -> Any:
    """The value of which each alternative is one case."""
    flat: list[tuple[Condition, Any]] = []
    for condition, value in alternatives:
        if condition is False:
            continue
        if isinstance(value, Cases):
            flat.extend((conjunction((condition, inner)), each) for inner, each in value.alternatives)
        else:
            flat.append((condition, value))
    flat = [(condition, value) for condition, value in flat if condition is not False]
    if len(flat) == 1:
        return flat[0][1]
    if all(isinstance(value, (bool, Formula)) for _, value in flat):
        return disjunction(conjunction(pair) for pair in flat)
    if all(isinstance(value, (int, Fraction, Linear, Stairs)) for _, value in flat):
        return quantities.chosen(flat)
    by_value: dict[Any, list[Condition]] = {}
    for condition, value in flat:
        by_value.setdefault(value, []).append(condition)
    if len(by_value) == 1:
        return next(iter(by_value))
    return Cases(tuple((disjunction(conditions), value) for value, conditions in by_value.items()))


def lifted(function: Callable[..., Any], values: tuple[Any, ...]) -> Any:
    """`function` of the values, for each combination of their cases. Raises TooManyCases."""
    if prod(len(value.alternatives) for value in values if isinstance(value, Cases)) > MOST_CASES:
        raise TooManyCases
    for index, value in enumerate(values):
        if isinstance(value, Cases):
            return merged(
                [
                    (condition, lifted(function, (*values[:index], each, *values[index + 1 :])))
                    for condition, each in value.alternatives
                ]
            )
    return function(*values)


_SETTLED: Final[dict[Comparison, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def settled_comparison(symbol: Comparison) -> Callable[[Any, Any], bool]:
    """The comparison of settled values."""
    return _SETTLED[symbol]


def compare(symbol: Comparison, left: Any, right: Any) -> Condition:
    """`left symbol right`, settled or not."""
    if not isinstance(left, OPEN) and not isinstance(right, OPEN):
        return _SETTLED[symbol](left, right)
    if isinstance(left, Cases) or isinstance(right, Cases):
        return lifted(lambda a, b: compare(symbol, a, b), (left, right))  # type: ignore[no-any-return]
    if isinstance(left, (Formula, bool)) and isinstance(right, (Formula, bool)):
        same = either(left, right, negation(right))
        return same if symbol == "==" else negation(same)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        if isinstance(left, NewIdentifier) or isinstance(right, NewIdentifier):
            return symbol == "!="
        if isinstance(right, Unknown) and not isinstance(left, OPEN):
            left, right, symbol = right, left, _MIRRORED[symbol]
        if isinstance(left, Unknown) and isinstance(left.name, Moved) and not isinstance(right, OPEN):
            return _compare_moved(symbol, left.name, right)
        first, second = _ordinal(left, symbol), _ordinal(right, symbol)
        if first is None or second is None:
            if left == right:
                return symbol in ("==", "<=", ">=")
            if symbol == "!=":
                return negation(unknown(Compared("==", left, right)))
            return unknown(Compared(symbol, left, right))
        left, right = first, second
    return quantities.compare(symbol, left, right)


def _compare_moved(symbol: Comparison, moved: Moved, known: Any) -> Condition:
    """How what comes from something unknown stands to a known date or month: said of the unknown itself."""
    number = in_order(known)
    assert number is not None

    def reaches(least: int) -> Condition:
        first = earliest(moved.how, moved.of.type, least)
        if first is None:
            return False
        start = datetime.date.fromordinal(first) if moved.of.type == DATE else first
        return compare(">=", moved.of, start)

    match symbol:
        case ">=":
            return reaches(number)
        case ">":
            return reaches(number + 1)
        case "<":
            return negation(reaches(number))
        case "<=":
            return negation(reaches(number + 1))
        case _:
            same = conjunction((reaches(number), negation(reaches(number + 1))))
            return same if symbol == "==" else negation(same)


_MIRRORED: Final[dict[Comparison, Comparison]] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
"""The comparison with its sides the other way round."""


def _ordinal(value: Found, symbol: Comparison) -> Any:
    """What is compared as a number, so that all comparisons of something unknown know of each other: dates and months
    for their order, identifiers and texts for whether they are the same."""
    match value:
        case Unknown(type=Simple(kind="date" | "month"), name=Moved(of=of, how=how) as name) if (
            ends := distance(how, of.type, never=_may_be_never(of))
        ) is not None:
            return quantities.add(_ordinal(of, symbol), of_amount(Amount("unknown", name, *ends, whole=True)))
        case Unknown(type=Simple(kind="date" | "month"), name=name, low=low, high=high):
            return of_amount(Amount("unknown", name, in_order(low), in_order(high)))
        case Unknown(type=Simple(kind="text") | EntityType(), name=name) if symbol in ("==", "!="):
            return of_amount(Amount("unknown", name, None, None))
        case datetime.date():
            return value.toordinal()
        case int() if not isinstance(value, bool):
            return value
        case str():
            return Named.of(value).order
        case _:
            return None


def _may_be_never(of: Unknown) -> bool:
    high = in_order(of.high)
    return high is None or high >= (NEVER.toordinal() if of.type == DATE else NEVER_MONTH)


def contains(element: Any, container: Any) -> Condition:
    """`element in container`, settled or not."""
    if isinstance(element, Cases) or isinstance(container, Cases):
        return lifted(contains, (element, container))  # type: ignore[no-any-return]
    if isinstance(container, Unknown):
        return unknown(Contained(element, container))
    if isinstance(container, Band):
        if not isinstance(element, OPEN):
            return element in container
        low = (
            True if container.low is None else compare(">=" if container.low_included else ">", element, container.low)
        )
        high = (
            True
            if container.high is None
            else compare("<=" if container.high_included else "<", element, container.high)
        )
        return conjunction((low, high))
    if not isinstance(element, OPEN) and (
        element in container or not any(isinstance(each, OPEN) for each in container)
    ):
        return element in container
    return disjunction(compare("==", element, each) for each in container)
