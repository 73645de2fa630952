"""Facts from an example in a policy."""

from __future__ import annotations

from collections.abc import Mapping

from attain_compiler.model.program import Example, Program, Record
from attain_compiler.model.types import Value
from attain_engine.facts.model import UNKNOWN, Facts, Origin, Row, Unknown
from attain_engine.facts.table import Column, column_of


def rows_from_example(program: Program, example: Example) -> Facts:
    """What the example gives, with defaults filled in.

    A field that the example leaves out and that has neither a default nor `or never` is unknown.
    """
    tables: dict[str, list[Row]] = {}
    for given in example.rows:
        record = program.records[given.record]
        columns = tuple(column_of(field) for field in record.fields)
        rows = tables.setdefault(record.id, [])
        for written in given.rows:
            rows.append(_row(record, columns, written, len(rows) + 1))
    values = {(given.target, given.arguments): given.value for given in example.values}
    return Facts(example.title, {record: tuple(rows) for record, rows in tables.items()}, values, example.closed)


def _row(record: Record, columns: tuple[Column, ...], written: Mapping[str, Value], number: int) -> Row:
    values: dict[str, Value | Unknown] = {}
    for column in columns:
        missing = UNKNOWN if column.missing is None else column.missing
        values[column.name] = written.get(column.name, missing)
    return Row(record.id, values, Origin("", record.name, number))
