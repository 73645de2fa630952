"""Values worth trying: those beside the numbers and dates that a program compares with."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import (
    DATE,
    DURATION,
    FLAG,
    MONTH,
    NEVER,
    TEXT,
    Band,
    BandType,
    Duration,
    EntityType,
    EnumType,
    Quantity,
    SetType,
    Type,
    Value,
)
from tests.oracle import arithmetic
from tests.oracle.world import NoValueError

SMALL = 4  # identifiers of an entity, different texts


class Samples:
    """Draws values of any type for the fields of a program's records, assessed on `on`."""

    def __init__(self, program: model.Program, on: datetime.date, rng: Random) -> None:
        self.program = program
        self.on = on
        self.rng = rng
        self.constants, self._ordered = _constants_of(program)

    def ordered(self, unit: str) -> list[Any]:
        """The constants of a unit in order; sorted once for a program."""
        if unit not in self._ordered:
            self._ordered[unit] = sorted(self.constants[unit])
        return self._ordered[unit]

    def field(self, field: model.Field) -> Any:
        if field.or_never and self.rng.random() < 0.3:
            return NEVER
        return self.of(field.type, field.low, field.high)

    def of(self, type_: Type, low: Value | None = None, high: Value | None = None) -> Any:
        """A value within the bounds; a count has 0 as its lower bound where it has no other."""
        pick = self.rng.choice
        match type_:
            case Quantity():
                return self.quantity(type_, low, high)
            case EnumType(id=enum):
                if enum in self.program.readings:
                    return pick(self.program.readings[enum].alternatives).value
                return pick(self.program.enums[enum].members).constant
            case EntityType(id=entity):
                return f"{entity.rpartition('.')[2].lower()}_{self.rng.randrange(1, SMALL)}"
            case SetType(element=element):
                return frozenset(self.of(element) for _ in range(self.rng.randrange(4)))
            case BandType(element=element):
                ends: list[Any] = sorted([self.of(element), self.of(element)], key=_order)
                return Band(*ends)
            case _ if type_ == FLAG:
                return self.rng.random() < 0.5
            case _ if type_ == DATE:
                return _within(self.date(), low, high)
            case _ if type_ == MONTH:
                return _within(self.month(), low, high)
            case _ if type_ == DURATION:
                return pick(sorted(self.constants["duration"] | {Duration(0, 1), Duration(12, 0)}))
            case _ if type_ == TEXT:
                return pick([*self.ordered("text"), "", "text"])
            case _:
                raise AssertionError(f"no samples of {type_}")

    def quantity(self, type_: Quantity, low: Any, high: Any) -> Value:
        whole = type_.kind == "count"
        if whole and low is None:
            low = 0
        near = self.ordered(_unit(type_))
        ways = ["small", "near", "near", "share"] if near else ["small"]
        step = Fraction(1) if type_.kind != "percent" else Fraction(1, 100)
        value: Fraction
        match self.rng.choice(ways):
            case "small":
                value = self.rng.randrange(6) * step
            case "near":
                value = self.rng.choice(near) + self.rng.choice([-1, 0, 0, 1]) * step
            case _:
                value = self.rng.choice(near) / self.rng.choice([2, 3, 4])
        if not whole and self.rng.random() < 0.2:
            value += step / self.rng.choice([2, 3, 10])
        number: Value = int(value) if whole else Fraction(value)
        return _within(number, low, high)

    def date(self) -> datetime.date:
        day = datetime.timedelta(days=1)
        dates = [self.on, *(each for each in self.ordered("date") if each != NEVER)]
        for length in self.ordered("duration"):
            for direction in (-1, 1):
                with contextlib.suppress(NoValueError):
                    dates.append(arithmetic.shift_date(self.on, length, direction))
        dates.append(self.on.replace(day=1))
        date: datetime.date = self.rng.choice(dates)
        return date + self.rng.choice([-31, -1, 0, 0, 1, 20]) * day

    def month(self) -> int:
        months = [arithmetic.month_of(self.on), *self.ordered("month")]
        for length in self.ordered("duration"):
            months += [months[0] - length.months, months[0] + length.months]
        return int(self.rng.choice(months)) + self.rng.choice([-2, -1, -1, 0, 0, 0, 1])


def _within(value: Value, low: Any, high: Any) -> Value:
    comparable: Any = value
    if low is not None and comparable < low:
        return low  # type: ignore[no-any-return]
    return high if high is not None and comparable > high else value


def _order(value: Any) -> Any:
    return str(value) if isinstance(value, (str, bool)) else value


def _unit(type_: Type) -> str:
    """The constants that a type's values are compared with; counts and numbers are alike."""
    return "number" if type_ == Quantity("count") else str(type_)


_known: dict[int, tuple[model.Program, Mapping[str, set[Any]], dict[str, list[Any]]]] = {}


def _constants_of(program: model.Program) -> tuple[Mapping[str, set[Any]], dict[str, list[Any]]]:
    """Gathered once for the program asked about last."""
    if id(program) not in _known:
        _known.clear()
        _known[id(program)] = (program, _constants(program), {})
    return _known[id(program)][1:]


def _constants(program: model.Program) -> Mapping[str, set[Any]]:
    found: dict[str, set[Any]] = defaultdict(set)

    def add(type_: Type, value: object) -> None:
        if isinstance(value, Band):
            inner = type_.element if isinstance(type_, BandType) else type_
            add(inner, value.low)
            add(inner, value.high)
        elif isinstance(value, frozenset):
            for each in value:
                add(type_.element if isinstance(type_, SetType) else type_, each)
        elif value is not None and not isinstance(value, (model.Unpublished, bool)):
            found[_unit(type_)].add(Fraction(value) if isinstance(value, int) and type_ != MONTH else value)

    for node in _nodes(program):
        match node:
            case model.Constant(type=type_, value=value):
                add(type_, value)
            case model.Field(type=type_, low=low, high=high):
                add(type_, low)
                add(type_, high if not isinstance(high, int) or high < 1_000_000 else None)
            case model.Reading(type=type_, alternatives=alternatives):
                for each in alternatives:
                    add(type_, each.value)
            case model.Table(keys=keys, type=type_, entries=entries):
                for entry in entries:
                    add(type_, entry.value)
                    for key_type, key in zip(keys, entry.keys, strict=True):
                        add(key_type, key)
                    add(DATE, entry.force_from)
                    add(DATE, entry.force_to)
            case _:
                pass
    return found


def _nodes(value: object) -> Iterator[object]:
    """The value and everything in it."""
    yield value
    if isinstance(value, tuple):
        parts: list[object] = list(value)
    elif isinstance(value, Mapping):
        parts = list(value.values())
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, each.name) for each in dataclasses.fields(value)]
    else:
        parts = []
    for part in parts:
        yield from _nodes(part)
