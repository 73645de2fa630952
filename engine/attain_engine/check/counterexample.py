"""Facts for which a claim does not hold, from a completion that breaks it: as facts, and as an example to run."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, Quantity, RecordType, Simple, Type, Value
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, MissingField, RowsNotGiven
from attain_engine.evaluate.selection import equalities
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.facts.slot import as_written
from attain_engine.open.conditions import Amount, Condition
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import Completion

MOST_ROWS = 500
"""A measure is shown to be possible by so many rows at the most."""

Breaks = Callable[[Facts], bool]
"""Whether a claim does not hold on some facts."""


@frozen
class Counterexample:
    """`given` are the lines of an example that says the facts, `facts` what they say. It is `certain` where rows were
    found from which the given measures come out so, or where no two of them are about the same rows."""

    given: tuple[str, ...]
    facts: Facts
    certain: bool


def counterexample(
    program: model.Program, facts: Facts, on: datetime.date, broken: Condition, found: Completion, breaks: Breaks
) -> Counterexample | None:
    """Facts that break a claim; None where the completion settles something that facts cannot say."""
    values: dict[tuple[str, tuple[Any, ...]], Value] = {}
    fields: dict[tuple[Row, str], Value] = {}
    about: list[str] = []
    for part in open_parts((broken,)):
        match part.name:
            case MeasureNotGiven(measure=measure, arguments=arguments, record=record):
                assert isinstance(part, Amount)
                values[measure, arguments] = _of_amount(found, part, program.measures[measure].type)
                about.append(record)
            case RowsNotGiven(record=record, asked=str() as define, arguments=arguments, mark=()):
                if isinstance(part, Amount):
                    values[define, arguments] = _of_amount(found, part, program.defines[define].type)
                else:
                    values[define, arguments] = part.name in found.holding
                about.append(record)
            case MissingField(row=row, field=field):
                type_ = program.records[row.record].field(field).type
                if isinstance(part, Amount):
                    fields[row, field] = _of_amount(found, part, type_)
                else:
                    fields[row, field] = part.name in found.holding
            case IsValue(of=MissingField(row=row, field=field), value=value):
                if part.name in found.holding:
                    fields.setdefault((row, field), value)
                else:
                    fields.setdefault((row, field), _last(program, row, field))
            case _:
                return None
    tables = {record: tuple(_settled(row, fields) for row in rows) for record, rows in facts.tables.items()}
    shown = Facts("an example", tables, values)
    if not breaks(shown):
        return None
    given = (*_values(program, values), *_rows(program, tables))
    sure = len(about) == len(set(about)) or _by_rows(program, on, values, breaks)
    return Counterexample(given, shown, sure)


def _of_amount(found: Completion, amount: Amount, type_: Type) -> Any:
    value = found.amounts.get(amount)
    if value is None:
        value = Fraction(next((end for end in (amount.low, amount.high) if end is not None), 0))
    if type_ == Simple("date"):
        return datetime.date.fromordinal(int(value))
    whole = amount.whole or type_ == Simple("month")
    return int(value) if whole else value


def _last(program: model.Program, row: Row, field: str) -> Value:
    """What an enum is if it is none of the others."""
    type_ = program.records[row.record].field(field).type
    assert isinstance(type_, EnumType)
    return program.enums[type_.id].members[-1].constant


def _settled(row: Row, fields: dict[tuple[Row, str], Value]) -> Row:
    values = {name: fields.get((row, name), value) for name, value in row.values.items()}
    return Row(row.record, values, row.origin)


# ---------------------------------------------------------------- as text


def _values(program: model.Program, values: dict[tuple[str, tuple[Any, ...]], Value]) -> Iterator[str]:
    for (identifier, arguments), value in values.items():
        declared = program.measures.get(identifier) or program.defines[identifier]
        shown = ", ".join(_text(each, formal.type) for each, formal in zip(arguments, declared.parameters, strict=True))
        yield f"given {declared.name}{f'({shown})' if shown else ''} = {_text(value, declared.type)}"


def _rows(program: model.Program, tables: dict[str, tuple[Row, ...]]) -> Iterator[str]:
    for record_id, rows in tables.items():
        record = program.records[record_id]
        for row in rows:
            known = ", ".join(
                f"{field.name}: {_text(row.values[field.name], field.type)}"
                for field in record.fields
                if row.values[field.name] is not UNKNOWN
            )
            yield f"given {record.name} {{ {known} }}" if known else f"given {record.name} {{}}"


def _text(value: Any, type_: Type) -> str:
    written = as_written(value, type_)
    return f'"{written}"' if isinstance(value, str) else written


# ---------------------------------------------------------------- by rows


def _by_rows(
    program: model.Program, on: datetime.date, values: dict[tuple[str, tuple[Any, ...]], Value], breaks: Breaks
) -> bool:
    """Whether rows are found that break the claim: for each count so many that it asks for, for each sum one."""
    tables: dict[str, list[Row]] = {record: [] for record in program.records}
    for (identifier, arguments), value in values.items():
        measure = program.measures.get(identifier)
        if measure is None or not isinstance(value, (int, Fraction)):
            return False
        rows = _rows_for(program, on, measure, arguments, value)
        if rows is None:
            return False
        tables[rows[0].record if rows else next(iter(tables))].extend(rows)
    return breaks(Facts("an example", {record: tuple(rows) for record, rows in tables.items()}, {}, True))


def _rows_for(
    program: model.Program, on: datetime.date, measure: model.Measure, arguments: tuple[Any, ...], value: Any
) -> list[Row] | None:
    body = measure.body
    if not isinstance(body, model.Aggregate) or not isinstance(body.binder.type, RecordType):
        return None
    record = program.records[body.binder.type.id]
    fixed: dict[str, Any] = {}
    if body.condition is not None:
        for field, wanted in equalities(program, body.condition, body.binder.number):
            if isinstance(wanted, model.Constant):
                fixed[field] = wanted.value
            elif isinstance(wanted, model.Variable) and wanted.number < len(arguments):
                fixed[field] = arguments[wanted.number]
    copies = 0
    if body.kind == "count" and 0 <= value <= MOST_ROWS:
        copies = int(value)
    elif body.kind == "sum" and isinstance(body.value, model.FieldOf):
        fixed[body.value.field] = value
        copies = 1 if value else 0
    else:
        return None
    return [
        Row(record.id, {each.name: fixed.get(each.name, _some(program, each, on, index)) for each in record.fields})
        for index in range(copies)
    ]


def _some(program: model.Program, field: model.Field, on: datetime.date, index: int) -> Any:
    """Some value of a field, another for each row where it names something."""
    if field.default is not None:
        return field.default
    match field.type:
        case Quantity():
            return max(0, field.low or 0)  # type: ignore[type-var]
        case EnumType(id=enum) if enum in program.enums:
            return program.enums[enum].members[0].constant
        case EntityType() | Simple(kind="text"):
            return f"{field.name} {index + 1}"
        case Simple(kind="flag"):
            return False
        case Simple(kind="date"):
            return on
        case Simple(kind="month"):
            return on.year * 12 + on.month - 1
        case _:
            return UNKNOWN
