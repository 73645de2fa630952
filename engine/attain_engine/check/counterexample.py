"""Facts for which a claim does not hold, from a completion that breaks it: as facts, and as an example to run."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import (
    NEVER,
    NEVER_MONTH,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    Simple,
    Type,
    Value,
)
from attain_compiler.model.walk import nodes
from attain_engine.check.same_rows import RowsOf
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, MissingField, RowsNotGiven
from attain_engine.evaluate.selection import equalities
from attain_engine.facts.as_example import example_lines
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.facts.possible import is_possible
from attain_engine.open.conditions import Amount, Atom, Condition
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import Completion, completion

MOST_ROWS = 500
"""A measure is shown to be possible by so many rows at the most."""

FIRST_MONTH = 12
"""January of the year 1."""

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
    about: list[frozenset[str]] = []
    for part in open_parts((broken,)):
        match part.name:
            case MeasureNotGiven(measure=measure, arguments=arguments):
                assert isinstance(part, Amount)
                values[measure, arguments] = _of_amount(found, part, program.measures[measure].type)
                about.append(_read_by(program, program.measures[measure].body))
            case RowsNotGiven(asked=str() as define, arguments=arguments, mark=()) if define in program.defines:
                if isinstance(part, Amount):
                    values[define, arguments] = _of_amount(found, part, program.defines[define].type)
                else:
                    values[define, arguments] = part.name in found.holding
                about.append(_read_by(program, program.defines[define].body))
            case MissingField() | IsValue(of=MissingField()):
                fields.update(_field_of(program, part, found))
            case _:
                return None
    tables = {record: tuple(_settled(row, fields) for row in rows) for record, rows in facts.tables.items()}
    shown = Facts("an example", tables, values)
    if not breaks(shown):
        return None
    given = example_lines(program, shown)
    about.append(frozenset(row.record for row, _ in fields))
    sure = (
        sum(map(len, about)) == len(frozenset[str]().union(*about))
        or _by_rows(program, on, shown, breaks)
        or any(_by_classes(program, on, shown, found, breaks, named_apart=each) for each in (True, False))
    )
    return Counterexample(given, shown, sure)


def _field_of(program: model.Program, part: Atom | Amount, found: Completion) -> dict[tuple[Row, str], Value]:
    """The field of a row that something unknown is about, with what a completion says of it."""
    match part.name:
        case MissingField(row=row, field=field):
            if isinstance(part, Amount):
                return {(row, field): _of_amount(found, part, program.records[row.record].field(field).type)}
            return {(row, field): part.name in found.holding}
        case IsValue(of=MissingField(row=row, field=field)):
            return {(row, field): _one_of(program, row, field, found)}
        case _:
            return {}


def _read_by(program: model.Program, body: model.Expression) -> frozenset[str]:
    """The records that an expression reads, what it calls included."""
    types = (
        each.type if isinstance(each, model.SingleRow) else each.binder.type
        for each in reached(program, (body,))
        if isinstance(each, model.SingleRow | model.Binding)
    )
    return frozenset(each.id for each in types if isinstance(each, RecordType))


def reached(program: model.Program, roots: tuple[model.Expression | None, ...]) -> Iterator[model.Node]:
    """Every node of the expressions and of what they call, a declaration each time that it is called."""
    for root in roots:
        if root is None:
            continue
        for node in nodes(root):
            yield node
            match node:
                case model.DefineCall(define=define):
                    yield from reached(program, (program.defines[define].body,))
                case model.MeasureCall(measure=measure):
                    yield from reached(program, (program.measures[measure].body,))
                case _:
                    pass


def _of_amount(found: Completion, amount: Amount, type_: Type) -> Any:
    value = found.amounts.get(amount)
    if value is None:
        value = Fraction(next((end for end in (amount.low, amount.high) if end is not None), 0))
    if type_ == Simple("date"):
        return datetime.date.fromordinal(min(max(int(value), 1), NEVER.toordinal()))
    if type_ == Simple("month"):
        return min(max(int(value), FIRST_MONTH), NEVER_MONTH)
    return int(value) if amount.whole else value


def _one_of(program: model.Program, row: Row, field: str, found: Completion) -> Value:
    """What an enum is: the first of its values that it is said to be, the last if it is none of the others."""
    type_ = program.records[row.record].field(field).type
    assert isinstance(type_, EnumType)
    *others, last = (each.constant for each in program.enums[type_.id].members)
    return next((each for each in others if IsValue(MissingField(row, field), each) in found.holding), last)


def _settled(row: Row, fields: dict[tuple[Row, str], Value]) -> Row:
    values = {name: fields.get((row, name), value) for name, value in row.values.items()}
    return Row(row.record, values, row.origin)


# ---------------------------------------------------------------- by rows


def _by_rows(program: model.Program, on: datetime.date, shown: Facts, breaks: Breaks) -> bool:
    """Whether rows are found that break the claim: for each count so many that it asks for, for each sum one."""
    tables: dict[str, list[Row]] = {record: list(shown.tables.get(record, ())) for record in program.records}
    for (identifier, arguments), value in shown.values.items():
        measure = program.measures.get(identifier)
        if measure is None or not isinstance(value, (int, Fraction)):
            return False
        rows = _rows_for(program, on, measure, arguments, value)
        if rows is None:
            return False
        for row in rows:
            tables[row.record].append(row)
    return _are_possible_and_break(program, tables, breaks)


def _are_possible_and_break(program: model.Program, tables: dict[str, list[Row]], breaks: Breaks) -> bool:
    facts = Facts("an example", {record: tuple(rows) for record, rows in tables.items()}, {}, True)
    return is_possible(program, facts) and breaks(facts)


def _by_classes(
    program: model.Program, on: datetime.date, shown: Facts, found: Completion, breaks: Breaks, *, named_apart: bool
) -> bool:
    """Whether rows of the classes that a completion speaks of break the claim: so many of each, what they name the same
    or each another."""
    tables: dict[str, list[Row]] = {record: list(shown.tables.get(record, ())) for record in program.records}
    for amount, number in found.amounts.items():
        if not isinstance(amount.name, RowsOf) or amount.name.value is not None:
            continue
        row, like = amount.name.row, completion(amount.name.like)
        if like is None or number > MOST_ROWS:
            return False
        fields: dict[tuple[Row, str], Value] = {}
        for part in open_parts((amount.name.like,)):
            fields.update(_field_of(program, part, like))
        for _ in range(int(number)):
            index = len(tables[row.record]) if named_apart else 0
            declared = program.records[row.record].fields
            values = {each.name: fields.get((row, each.name), _some(program, each, on, index)) for each in declared}
            tables[row.record].append(Row(row.record, values))
    return _are_possible_and_break(program, tables, breaks)


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
