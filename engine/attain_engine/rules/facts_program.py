"""An organisation as facts for the compiled rules of a policy, and what its rules need to know of its numbers.

What the rules do not work out is in `outside_facts`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from attain_compiler.asp.calendar_facts import Calendar, Values
from attain_compiler.asp.facts import Given, facts_of
from attain_compiler.asp.from_model import Compiled
from attain_compiler.asp.profile import Profile, Range
from attain_compiler.asp.program import LARGEST
from attain_compiler.asp.rules import Atom
from attain_compiler.model import program as model
from attain_compiler.model.named import named_identifiers
from attain_compiler.model.types import Quantity, Value
from attain_engine.evaluate import world_of
from attain_engine.evaluate.world import World
from attain_engine.facts.model import UNKNOWN, Facts

FINEST = 1_000_000
"""Numbers in finer steps than a millionth are not printed: what rests on them comes from outside."""


def profile_of(program: model.Program, facts: Facts, *, alone: bool = False) -> Profile:
    """What the rules have to hold for, so that they are exact for these facts: rounded up to powers of two, so that the
    same rules serve many organisations, or for these facts alone."""
    up = _same if alone else _power
    least = 0 if alone else 16
    columns: dict[tuple[str, str], Range] = {}
    missing = set()
    for record in program.records.values():
        rows = facts.tables.get(record.id, ())
        for field in record.fields:
            values = [row.values[field.name] for row in rows]
            if UNKNOWN in values:
                missing.add((record.id, field.name))
            if isinstance(field.type, Quantity):
                columns[record.id, field.name] = range_of((each for each in values if each is not UNKNOWN), up)
    given: dict[str, list[Value]] = {}
    for (target, _), value in facts.values.items():
        given.setdefault(target, []).append(value)
    absent = {
        each.id
        for each in program.records.values()
        if (each.id not in facts.tables and not facts.closed) or (each.single and not facts.tables.get(each.id))
    }
    world = world_of(program, facts)
    return Profile(
        most_rows=least,
        most_identifiers=least,
        otherwise=Range(1, 0, 0, 0, 0),
        rows={record: up(max(len(rows), least)) for record, rows in facts.tables.items()},
        identifiers={entity: up(max(len(found), least)) for entity, found in _identifiers(program, world).items()},
        columns=columns,
        given={target: range_of(values, up) for target, values in given.items()},
        missing=frozenset(missing),
        absent=frozenset(absent),
        anything_missing=False,
        raised={},
        several=frozenset(),
    )


def _power(number: int) -> int:
    """The next power of two, 0 for 0."""
    return 1 << (number - 1).bit_length() if number > 0 else 0


def _same(number: int) -> int:
    return number


def range_of(values: Iterable[Any], up: Callable[[int], int] = _power) -> Range:
    """What numbers there are, rounded up."""
    numbers = [each for each in values if isinstance(each, int | Fraction) and not isinstance(each, bool)]
    unit = 1
    for denominator in {each.denominator for each in numbers}:
        unit = lcm(unit, denominator)
        if unit > FINEST:
            return Range(1, 0, 0, 0, 0, fits=False)
    scaled = [each.numerator * (unit // each.denominator) for each in numbers]
    total_low = sum(each for each in scaled if each < 0)
    total_high = sum(each for each in scaled if each > 0)
    low, high = min(scaled, default=0), max(scaled, default=0)
    if low < -LARGEST or high > LARGEST:
        return Range(1, 0, 0, 0, 0, fits=False)
    return Range(
        unit,
        max(-up(-min(low, 0)), -LARGEST),
        min(up(max(high, 0)), LARGEST),
        -up(-total_low),
        up(total_high),
    )


def facts_program(
    compiled: Compiled,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    asked: Sequence[model.Expression] = (),
) -> Iterator[Atom]:
    """The facts of an organisation on a date under readings (by name, the defaults for the others): its rows and what
    the calendar says of their dates.

    Raises `DoesNotFit` where the rules were compiled for other facts."""

    def ask(calendar: Calendar) -> None:
        for expression in asked:
            calendar.condition(expression)

    yield from facts_of_profile(compiled, facts, facts, on, readings or {}, ask)


def facts_of_profile(
    compiled: Compiled,
    facts: Facts,
    possible: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    ask: Callable[[Calendar], None],
) -> Iterator[Atom]:
    """The rows and values of the facts, and what the calendar says of the dates in the `possible` ones, for what is
    asked for beside the designations, too. Raises DoesNotFit."""
    program = compiled.source
    world = world_of(program, facts)
    yield from facts_of(compiled, _given(compiled, facts, world, on, readings))
    calendar = Calendar(compiled.depends, on, _columns(possible), _given_values(facts), compiled.moves_months)
    for each in compiled.designations:
        calendar.designation(program.designations[each])
    ask(calendar)
    yield from calendar.facts


def _given(compiled: Compiled, facts: Facts, world: World, on: datetime.date, readings: Mapping[str, str]) -> Given:
    rows = {record: [row.values for row in given] for record, given in facts.tables.items()}
    absent = () if facts.closed else (each for each in compiled.source.records if each not in facts.tables)
    identifiers = _identifiers(compiled.source, world)
    return Given(rows, frozenset(absent), facts.values, identifiers, readings, on, missing=UNKNOWN)


def _identifiers(program: model.Program, world: World) -> dict[str, tuple[str, ...]]:
    """What a variable over each entity runs over: the identifiers of the facts and those that the policy names."""
    named = named_identifiers(program)
    return {
        entity: tuple(dict.fromkeys((*(each for each, _ in found), *named[entity])))
        for entity, found in world.identifiers.items()
    }


def _columns(facts: Facts) -> Any:
    known: dict[tuple[str, str], Values] = {}

    def values_of(record: str, field: str) -> Values:
        key = (record, field)
        if key not in known:
            rows = facts.tables.get(record, ())
            known[key] = frozenset(value for row in rows if (value := row.values[field]) is not UNKNOWN)
        return known[key]

    return values_of


def _given_values(facts: Facts) -> Mapping[str, Values]:
    found: dict[str, set[Any]] = {}
    for (target, _), value in facts.values.items():
        found.setdefault(target, set()).add(value)
    return {target: frozenset(values) for target, values in found.items()}
