"""Parameters as facts of the policy.

A parameter is a fact for each combination of keys, the keys first. A key of ordered values (counts, dates, months) is a
range `(low,high)`, and so are the dates in force, which then come first; a set is a fact for each element; a band is
two columns. Values that were never published are `unknown`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from math import lcm, prod
from typing import Any

from attain_compiler.asp import enums
from attain_compiler.asp.compiler import UNKNOWN, Compiler
from attain_compiler.asp.rules import (
    Atom,
    Function,
    Number,
    Rule,
    Symbol,
    Term,
)
from attain_compiler.asp.units import NoRuleForm, exact
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, Band, BandType, EnumType, Quantity, SetType, Simple, Type

LOWEST, HIGHEST = Symbol("#inf"), Symbol("#sup")

MOST_CELLS = 5_000
"""A parameter with more combinations of keys is not written out."""


@frozen
class TableFacts:
    """How a parameter stands in its facts: `units` of the keys (0: none) and of the value."""

    predicate: str
    dated: bool
    keys: tuple[int, ...]
    unit: int
    low: int
    high: int
    gaps: bool


@frozen
class Cell:
    """Keys between two neighbouring bounds, both included, in the key's unit."""

    low: int | None
    high: int | None

    def term(self) -> Term:
        low = LOWEST if self.low is None else Number(self.low)
        high = HIGHEST if self.high is None else Number(self.high)
        return Function("", (low, high))


def facts(c: Compiler, identifier: str) -> TableFacts:
    """Write a parameter's facts, once."""
    key = ("table", identifier)
    known = c.known(key)
    if known is None:
        mark = c.mark()
        try:
            known = _facts(c, c.program.tables[identifier])
        except NoRuleForm as why:
            c.back(mark)
            known = str(why)
        c.remember(key, known)
    if isinstance(known, str):
        raise NoRuleForm(known)
    return known  # type: ignore[no-any-return]


def _facts(c: Compiler, table: model.Table) -> TableFacts:
    dated = c.depends.table_dated(table)
    units = tuple(_key_unit(type_, [each.keys[i] for each in table.entries]) for i, type_ in enumerate(table.keys))
    cells = [_cells(c, table, index, unit) for index, unit in enumerate(units)]
    spans = _spans_in_force(table) if dated else [(None, None)]
    if len(spans) * prod(len(each) for each in cells) > MOST_CELLS:
        raise NoRuleForm(f"`{table.name}` has too many combinations of keys")
    unit, low, high = _values(table)
    name = c.names.predicate(table.id)
    c.spans[table.id] = table.span
    c.statements.setdefault(table.id, {})
    gaps = False
    for start, end in spans:
        entries = _in_force(table, start if start is not None else datetime.date.min, dated)
        for keys in product(*cells):
            entry = next((each for each in entries if _matches(each, keys, units)), None)
            said = [each.term() if isinstance(each, Cell) else c.plain_term(each, type_)
                    for each, type_ in zip(keys, table.keys, strict=True)]  # fmt: skip
            if dated:
                said.insert(0, _range(start, end))
            value = None if entry is None else entry.value
            gaps = gaps or value is None or isinstance(value, model.Unpublished)
            for last in _columns(c, table.type, value, unit):
                c.rule(Rule(Atom(name, (*said, *last))), table.id)
    if unit > 1:
        c.note(f"unit: 1/{unit}", table.id)
    return TableFacts(name, dated, units, unit, low, high, gaps)


def _range(start: datetime.date | None, end: datetime.date | None) -> Term:
    """The days from one date to the day before another."""
    low = LOWEST if start is None else Number(start.toordinal())
    return Function("", (low, HIGHEST if end is None else Number(end.toordinal() - 1)))


def _values(table: model.Table) -> tuple[int, int, int]:
    """The unit of a parameter's values, the least and the greatest of them in it."""
    if isinstance(table.type, BandType):
        ends = [
            end for each in table.entries if isinstance(each.value, Band) for end in (each.value.low, each.value.high)
        ]
        numbers = [Fraction(each) for each in ends if isinstance(each, int | Fraction)]
    elif isinstance(table.type, Quantity):
        numbers = [Fraction(each.value) for each in table.entries if isinstance(each.value, int | Fraction)]
    elif isinstance(table.type, SetType) and isinstance(table.type.element, Quantity):
        sets = [each.value for each in table.entries if isinstance(each.value, frozenset)]
        numbers = [Fraction(number) for values in sets for number in values if isinstance(number, int | Fraction)]
    else:
        return 1, 0, 0
    unit = lcm(1, *(each.denominator for each in numbers))
    scaled = [int(each * unit) for each in numbers]
    low, high = min(scaled, default=0), max(scaled, default=0)
    exact(Number(0), unit, low, high)
    return unit, low, high


def _columns(c: Compiler, type_: Type, value: Any, unit: int) -> Iterator[tuple[Term, ...]]:
    if value is None or isinstance(value, model.Unpublished):
        yield (UNKNOWN, UNKNOWN) if isinstance(type_, BandType) else (UNKNOWN,)
    elif isinstance(value, frozenset):
        element = type_.element if isinstance(type_, SetType) else type_
        for each in sorted(value, key=str):
            yield (c.plain_term(each, element, unit),)
    elif isinstance(value, Band):
        cell = bounds(value, unit)
        yield cell.term().arguments  # type: ignore[union-attr]
    else:
        yield (c.plain_term(value, type_, unit),)


def bounds(band: Band, unit: int) -> Cell:
    """The ends of a band in a unit, both included."""

    def end(value: Any, included: bool, step: int) -> int | None:
        if value is None:
            return None
        number = _whole(value, unit)
        return number if included else number + step

    return Cell(end(band.low, band.low_included, 1), end(band.high, band.high_included, -1))


def _whole(value: Any, unit: int) -> int:
    if isinstance(value, datetime.date):
        return value.toordinal()
    scaled = Fraction(value) * unit
    if scaled.denominator != 1:
        raise NoRuleForm(f"an end of a band is no multiple of 1/{unit}")
    return int(exact(Number(0), unit, int(scaled), int(scaled)).low)


def _key_unit(type_: Type, keys: list[Any]) -> int:
    """The unit of a key that is a range, 0 for others."""
    if isinstance(type_, Quantity):
        ends = [end for key in keys for end in ((key.low, key.high) if isinstance(key, Band) else (key,))]
        return lcm(1, *(Fraction(each).denominator for each in ends if isinstance(each, int | Fraction)))
    return 1 if isinstance(type_, Simple) and type_.kind in ("date", "month") else 0


def _cells(c: Compiler, table: model.Table, index: int, unit: int) -> list[Any]:
    type_ = table.keys[index]
    keys = [each.keys[index] for each in table.entries]
    if unit:
        starts: set[int] = set()
        for key in keys:
            if key is not None:
                cell = bounds(key if isinstance(key, Band) else Band(key, key), unit)
                starts |= {
                    each for each in (cell.low, None if cell.high is None else cell.high + 1) if each is not None
                }
        edges: list[int | None] = [None, *sorted(starts), None]
        return [Cell(low, None if high is None else high - 1) for low, high in pairwise(edges)]
    if isinstance(type_, EnumType):
        return list(enums.members(c, type_.id))
    if type_ == FLAG:
        return [True, False]
    if None in keys:
        raise NoRuleForm(f"`{table.name}` has an `otherwise` for keys that cannot be listed")
    return sorted(set(keys), key=str)


def _matches(entry: model.Entry, keys: tuple[Any, ...], units: tuple[int, ...]) -> bool:
    for wanted, key, unit in zip(entry.keys, keys, units, strict=True):
        if wanted is None:
            continue
        if not isinstance(key, Cell):
            if wanted != key:
                return False
            continue
        cell = bounds(wanted if isinstance(wanted, Band) else Band(wanted, wanted), unit)
        if cell.low is not None and (key.low is None or key.low < cell.low):
            return False
        if cell.high is not None and (key.high is None or key.high > cell.high):
            return False
    return True


def _spans_in_force(table: model.Table) -> list[tuple[datetime.date | None, datetime.date | None]]:
    day = datetime.timedelta(days=1)
    starts = {each.force_from for each in table.entries if each.force_from}
    starts |= {each.force_to + day for each in table.entries if each.force_to}
    return list(pairwise([None, *sorted(starts), None]))


def _in_force(table: model.Table, on: datetime.date, dated: bool) -> list[model.Entry]:
    """The entries in force on a date, the one that counts first among those that match."""
    found = [
        each
        for each in table.entries
        if not dated
        or ((each.force_from is None or each.force_from <= on) and (each.force_to is None or on <= each.force_to))
    ]
    first = datetime.date.min
    return sorted(
        found, key=lambda each: (-(each.force_from or first).toordinal(), sum(key is None for key in each.keys))
    )
