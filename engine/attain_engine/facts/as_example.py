"""Facts as the lines of an example that gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attain_compiler.model.program import Program
from attain_compiler.model.types import Quantity, SetType, Type, Value
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.facts.numerals import grouped
from attain_engine.facts.slot import as_written


def example_lines(program: Program, facts: Facts) -> tuple[str, ...]:
    """The `given` lines of an example with these facts. Raises TypeError for a value that no policy can write."""
    closed = ("given nothing else",) if facts.closed else ()
    return (*_values(program, facts.values), *_rows(program, facts.tables), *closed)


def _values(program: Program, values: Mapping[tuple[str, tuple[Any, ...]], Value]) -> Iterator[str]:
    for (identifier, arguments), value in values.items():
        declared = program.measures.get(identifier) or program.defines[identifier]
        shown = ", ".join(
            written(each, formal.type) for each, formal in zip(arguments, declared.parameters, strict=True)
        )
        yield f"given {program.called(declared)}{f'({shown})' if shown else ''} = {written(value, declared.type)}"


def _rows(program: Program, tables: Mapping[str, tuple[Row, ...]]) -> Iterator[str]:
    for record_id, rows in tables.items():
        record = program.records[record_id]
        name = program.called(record)
        for row in rows:
            known = ", ".join(
                f"{field.name}: {written(row.values[field.name], field.type)}"
                for field in record.fields
                if row.values[field.name] is not UNKNOWN
            )
            yield f"given {name} {{ {known} }}" if known else f"given {name} {{}}"


def written(value: Any, type_: Type) -> str:
    """A value as a policy writes it. Raises TypeError for one that no policy can write."""
    match value, type_:
        case frozenset(), SetType(element=element):
            return "{ " + ", ".join(sorted(written(each, element) for each in value)) + " }"
        case Fraction(), Quantity(kind="percent" | "money" as kind, currency=currency):
            number, unit = (value * 100, "%") if kind == "percent" else (value, f" {currency}")
            if "/" in grouped(number):  # no decimal number: the unit belongs to what is divided
                return f"{grouped(number.numerator)}{unit} / {grouped(number.denominator)}"
        case _:
            pass
    text = as_written(value, type_)
    return f'"{text}"' if isinstance(value, str) else text
