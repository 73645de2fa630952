"""Rows of which every field is open: what they may be, and the rows that a completion makes of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, EntityType, EnumType, Simple
from attain_engine.compare.sides import SIDES, Sides
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.missing import FieldIsGiven, IsValue, MissingField
from attain_engine.evaluate.values import compare
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation, unknown
from attain_engine.solve.certain import Completion

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Dates and months of opened rows lie within these years, or are `never`: what is proved is proved of such rows."""

YEARS = 30
"""Rows are sought with dates and months within so many years of the assessment date first."""


@frozen
class RowIsThere:
    """Whether an opened row is there at all."""

    row: Row


@frozen
class Opening:
    """Opened rows by record, each with the condition on which it is there; on which condition their optional fields are
    known; what every organisation keeps to; and that the dates are `near` the day that is asked about."""

    tables: Mapping[str, Sequence[tuple[Row, Condition]]]
    known: Mapping[tuple[Row, str], Condition]
    lawful: Condition
    closed: bool = False
    """Whether there are no rows but these."""
    near: Condition = True
    given: Mapping[Any, Any] | None = None
    """Values of definitions that are given straight."""


Dates: TypeAlias = frozenset[tuple[tuple[str, str], datetime.date]]
"""By records of one row and fields of theirs: what date that is."""


def opened(
    sides: Sides, on: datetime.date, sizes: Mapping[str, int], dated: Mapping[tuple[str, str], datetime.date]
) -> Opening:
    """So many opened rows of each record, within the bounds and keys of both editions; the dates of `dated`, by record
    and field, are those of the records' rows."""
    tables: dict[str, list[tuple[Row, Condition]]] = {}
    known: dict[tuple[Row, str], Condition] = {}
    records = {
        name: found
        for name in sizes
        if len(found := [each.records[name] for each in sides.programs.values() if name in each.records])
    }
    for name, both in records.items():
        fields = {each.name: each for record in both for each in record.fields}
        for _ in range(sizes[name]):
            row = Row(name, {each: dated.get((name, each), UNKNOWN) for each in fields})
            tables.setdefault(name, []).append((row, True if both[0].single else unknown(RowIsThere(row))))
            for each in fields.values():
                is_open = each.optional and (name, each.name) not in dated
                known[row, each.name] = unknown(FieldIsGiven(row, each.name)) if is_open else True
    evaluators = [sides.evaluator(side, on, tables, computed=frozenset(), known=known) for side in SIDES]
    pairs = [(evaluator, name) for evaluator in evaluators for name in tables]
    lawful = conjunction(each for evaluator, name in pairs for each in _lawful(evaluator, name, tables[name]))
    first, last = datetime.date(max(1, on.year - YEARS), 1, 1), datetime.date(on.year + YEARS, 12, 31)
    near = conjunction(
        each for evaluator, name in pairs for each in _between(evaluator, name, tables[name], first, last)
    )
    return Opening(tables, known, lawful, near=near)


def _lawful(evaluator: Evaluator, name: str, rows: Sequence[tuple[Row, Condition]]) -> Iterator[Condition]:
    record = evaluator.program.records.get(name)
    if record is None:
        return
    yield from _between(evaluator, name, rows, datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))
    for unique in record.unique:
        for (one, here), (other, there) in combinations(rows, 2):
            alike = (compare("==", evaluator.cell(one, each), evaluator.cell(other, each)) for each in unique)
            yield negation(conjunction((here, there, *alike)))


def _between(
    evaluator: Evaluator,
    name: str,
    rows: Sequence[tuple[Row, Condition]],
    first: datetime.date,
    last: datetime.date,
) -> Iterator[Condition]:
    """That dates and months lie between two days, or are `never`."""
    record = evaluator.program.records.get(name)
    for field in record.fields if record is not None else ():
        if not isinstance(field.type, Simple) or field.type.kind not in ("date", "month"):
            continue
        ends: tuple[Any, Any] = (first, last)
        if field.type.kind == "month":
            ends = (first.year * 12, last.year * 12 + 11)
        for row, _ in rows:
            cell = evaluator.cell(row, field.name)
            inside = conjunction((compare(">=", cell, ends[0]), compare("<=", cell, ends[1])))
            yield disjunction((inside, compare("==", cell, NEVER))) if field.or_never else inside


def only_shared_values(sides: Sides, opening: Opening) -> Condition:
    """No opened row has a value that one edition does not have."""
    foreign: list[Condition] = []
    for rows in opening.tables.values():
        for row, _ in rows:
            for side, other in (SIDES, SIDES[::-1]):
                record = sides.programs[side].records.get(row.record)
                for field in record.fields if record is not None else ():
                    if isinstance(field.type, EnumType) and field.type.id in sides.programs[side].enums:
                        theirs = _values_there(sides.programs[other], row.record, field)
                        foreign += (
                            unknown(IsValue(MissingField(row, field.name), each.constant))
                            for each in sides.programs[side].enums[field.type.id].members
                            if each.constant not in theirs
                        )
    return conjunction(negation(each) for each in foreign)


def _values_there(program: model.Program, record: str, field: model.Field) -> set[Any]:
    """The values that a field of an enum has in another edition, in which it may be `or none`, or not."""
    there = program.records.get(record)
    type_ = next((each.type for each in there.fields if each.name == field.name), field.type) if there else field.type
    members = program.enums.get(type_.id) if isinstance(type_, EnumType) else None
    return {each.constant for each in members.members} if members is not None else set()


# ---------------------------------------------------------------- what a completion makes of them


class Settling:
    """The rows that a completion makes of opened ones; names of things are made up where nothing says them."""

    def __init__(self, sides: Sides, found: Completion, texts: Mapping[Fraction, str] | None = None) -> None:
        self._found = found
        self._amounts = {amount.name: value for amount, value in found.amounts.items()}
        self._texts: dict[Fraction, str] = {**sides.texts, **(texts or {})}
        self._sides = sides

    def rows(self, opening: Opening) -> dict[str, tuple[Row, ...]]:
        return {
            name: tuple(self._row(row) for row, there in rows if self._holds(there))
            for name, rows in opening.tables.items()
        }

    def _holds(self, condition: Condition) -> bool:
        return self._found.settle(condition) is True

    def _row(self, row: Row) -> Row:
        values: dict[str, Any] = {}
        for side in SIDES:
            program = self._sides.programs[side]
            record = program.records.get(row.record)
            for field in record.fields if record is not None else ():
                if (known := row.values.get(field.name, UNKNOWN)) is not UNKNOWN:
                    values[field.name] = known
                elif field.name not in values:
                    given = not field.optional or FieldIsGiven(row, field.name) in self._found.holding
                    values[field.name] = self._value(program, row, field) if given else UNKNOWN
        return Row(row.record, values)

    def _value(self, program: model.Program, row: Row, field: model.Field) -> Any:
        name = MissingField(row, field.name)
        value = self._amounts.get(name)
        match field.type:
            case Simple(kind="flag"):
                return name in self._found.holding
            case EnumType(id=enum):
                members = [each.constant for each in program.enums[enum].members]
                return next((each for each in members[:-1] if IsValue(name, each) in self._found.holding), members[-1])
            case Simple(kind="text") | EntityType():
                return self._text(field, value)
            case Simple(kind="date"):
                return NEVER if value is None and field.or_never else _date(value)
            case Simple(kind="month"):
                return int(value or 24_000)
            case _ if value is None:
                return field.low if field.low is not None else 0
            case _:
                return int(value) if value.denominator == 1 else value

    def _text(self, field: model.Field, value: Fraction | None) -> str:
        if value is None:
            value = Fraction(0)
        if value not in self._texts:
            taken = set(self._texts.values())
            number = next(each for each in range(1, len(taken) + 2) if f"{field.name} {each}" not in taken)
            self._texts[value] = f"{field.name} {number}"
        return self._texts[value]


def _date(value: Fraction | None) -> datetime.date:
    return datetime.date(2000, 1, 1) if value is None else datetime.date.fromordinal(int(value))
