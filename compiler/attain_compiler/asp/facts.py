"""An organisation as facts for compiled rules: one predicate for each record, a row number first, then its fields.

Dates are day numbers, months 12 * year + month - 1, numbers whole multiples of the unit of their column; identifiers
and texts are quoted, so that nothing that a stranger wrote is program text; a missing value is `unknown`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.asp.compiler import UNKNOWN, duration
from attain_compiler.asp.enums import reading_unit
from attain_compiler.asp.from_model import Compiled
from attain_compiler.asp.predicates import unit_of_formal
from attain_compiler.asp.profile import Range
from attain_compiler.asp.program import LARGEST
from attain_compiler.asp.rules import Atom, Number, Symbol, Term, Text
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import Duration, EnumValue, Quantity, SetType, Type, Value


class DoesNotFit(Exception):
    """Facts are not of the profile that the rules were compiled for: the message says which number."""


@frozen
class Given:
    """What is known: rows by record (`missing` stands for a missing value), the records that were not given, measures
    and defines given straight, the identifiers of each entity, the chosen alternative of each reading (by name), the
    day."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    absent: frozenset[str]
    values: Mapping[tuple[str, tuple[Value, ...]], Value]
    identifiers: Mapping[str, Sequence[str]]
    readings: Mapping[str, str]
    on: datetime.date
    missing: object = None


def facts_of(compiled: Compiled, given: Given) -> Iterator[Atom]:
    """The facts, in order. Raises DoesNotFit."""
    used = dict.fromkeys(compiled.rules.open_predicates)
    yield Atom("today", (Number(given.on.toordinal()),))
    yield from _readings(compiled, given, used)
    yield from _rows(compiled, given, used)
    yield from _identifiers(compiled, given, used)
    yield from _values(compiled, given, used)


Used = Mapping[tuple[str, int], None]


def _readings(compiled: Compiled, given: Given, used: Used) -> Iterator[Atom]:
    for reading in compiled.source.readings.values():
        predicate = compiled.names.predicate(reading.id)
        if (predicate, 1) in used:
            name = given.readings.get(reading.id, reading.default)
            value = next(each.value for each in reading.alternatives if each.name == name)
            yield Atom(predicate, (term(compiled, value, reading.type, reading_unit(reading)),))


def _rows(compiled: Compiled, given: Given, used: Used) -> Iterator[Atom]:
    profile = compiled.profile
    for record in compiled.source.records.values():
        predicate = compiled.names.predicate(record.id)
        if record.id in given.absent or (record.single and not given.rows.get(record.id)):
            if ("not_given", 1) in used:
                yield Atom("not_given", (Symbol(predicate),))
            continue
        if (predicate, len(record.fields) + 1) not in used:
            continue
        rows = given.rows.get(record.id, ())
        if len(rows) > profile.rows_of(record.id):
            raise DoesNotFit(f"`{record.name}` has more than {profile.rows_of(record.id)} rows")
        columns = [_Column(compiled, record, each) for each in record.fields]
        for number, row in enumerate(rows, 1):
            cells = [
                UNKNOWN if (value := row[column.field.name]) is given.missing else column[value] for column in columns
            ]
            yield Atom(predicate, (Number(number), *cells))
        for column in columns:
            _check_total(record, column.field, column.range, rows)


def _check_total(record: model.Record, field: model.Field, column: Range, rows: Sequence[Mapping[str, Any]]) -> None:
    if not isinstance(field.type, Quantity) or not column.fits:
        return
    numbers = [each * column.unit for row in rows if isinstance(each := row[field.name], int | Fraction)]
    if sum(each for each in numbers if each > 0) > column.total_high:
        raise DoesNotFit(f"`{record.name}.{field.name}` adds up to more than {column.total_high}")
    if sum(each for each in numbers if each < 0) < column.total_low:
        raise DoesNotFit(f"`{record.name}.{field.name}` adds up to less than {column.total_low}")


class _Column(dict[Value, Term]):
    """The terms of the values of a field, each made once. Raises DoesNotFit."""

    def __init__(self, compiled: Compiled, record: model.Record, field: model.Field) -> None:
        super().__init__()
        self.field = field
        self.range = compiled.profile.column(record.id, field.name)
        self._compiled = compiled
        self._name = f"`{record.name}.{field.name}`"

    def __missing__(self, value: Value) -> Term:
        found = self[value] = self._made(value)
        return found

    def _made(self, value: Value) -> Term:
        if isinstance(self.field.type, Quantity):
            if not self.range.fits:
                return Symbol("outside")
            return _number(value, self.range, self._name)
        if isinstance(self.field.type, SetType):
            return Symbol("outside")  # no rule reads it
        return term(self._compiled, value, self.field.type)


def _number(value: Value, column: Range, name: str) -> Term:
    assert isinstance(value, int | Fraction)
    scaled = value * column.unit
    if scaled.denominator != 1:
        raise DoesNotFit(f"{name} has {value}, which is no whole multiple of 1/{column.unit}")
    if not column.low <= scaled <= column.high:
        raise DoesNotFit(f"{name} has {value}, which is not from {column.low} to {column.high} (in 1/{column.unit})")
    return Number(int(scaled))


def _identifiers(compiled: Compiled, given: Given, used: Used) -> Iterator[Atom]:
    for entity in compiled.source.entities:
        predicate = compiled.names.predicate(entity)
        if (predicate, 1) in used:
            found = given.identifiers.get(entity, ())
            most = compiled.profile.identifiers_of(entity)
            if len(found) > most:
                name = compiled.source.entities[entity].name
                raise DoesNotFit(f"there are more than {most} identifiers of `{name}`")
            yield from (Atom(predicate, (Text(each),)) for each in found)


def _values(compiled: Compiled, given: Given, used: Used) -> Iterator[Atom]:
    profile, program = compiled.profile, compiled.source
    for (target, arguments), value in given.values.items():
        declared = program.measures.get(target) or program.defines.get(target)
        predicate = compiled.names.predicate(target, "", "given_")
        if declared is None:
            continue
        if (predicate, len(arguments) + 1) not in used:
            if isinstance(declared, model.Define) and target not in profile.given:
                raise DoesNotFit(f"`{declared.name}` is given a value, and the rules are for facts that give it none")
            continue
        column = profile.given.get(target, profile.otherwise)
        args = (
            term(compiled, each, formal.type, unit_of_formal(formal))
            for formal, each in zip(declared.parameters, arguments, strict=True)
        )
        last = (
            _number(value, column, f"`{declared.name}`")
            if isinstance(declared.type, Quantity)
            else term(compiled, value, declared.type)
        )
        yield Atom(predicate, (*args, last))


def _whole(value: int | Fraction, unit: int) -> Number:
    scaled = value * unit
    if scaled.denominator != 1 or not -LARGEST <= scaled <= LARGEST:
        raise DoesNotFit(f"{value} is no whole multiple of 1/{unit} up to {LARGEST}")
    return Number(int(scaled))


def term(compiled: Compiled, value: object, type_: Type, unit: int = 1) -> Term:
    """A value of the facts as a term; a number in this unit. Raises DoesNotFit."""
    match value:
        case bool():
            return Symbol("yes" if value else "no")
        case int() | Fraction():
            return _whole(value, unit if isinstance(type_, Quantity) else 1)
        case datetime.date():
            return Number(value.toordinal())
        case str():
            return Text(value)
        case Duration(months=months, days=days):
            return duration(months, days)
        case EnumValue(enum=enum, name=name):
            return Symbol(compiled.names.constant(enum, name))
        case _:
            raise DoesNotFit(f"{value} has no term")
