"""Rows of a record from JSON: a list of objects, or one object for a record of one row."""

from __future__ import annotations

from collections.abc import Mapping

from attain_compiler.model.program import Record
from attain_compiler.model.types import Value
from attain_engine.facts.from_json_value import Raw, raw_reader, raw_text
from attain_engine.facts.json_text import RepeatedKeys
from attain_engine.facts.model import Unknown
from attain_engine.facts.problem import Refusal
from attain_engine.facts.spelling import did_you_mean, quoted
from attain_engine.facts.table import Table
from attain_engine.facts.vocabulary import Spellings


def read_rows(record: Record, raw: Raw, file: str, spellings: Mapping[str, Spellings]) -> Table:
    """The table that `raw` holds, with every mistake in it."""
    table = Table(record, file)
    if record.single and isinstance(raw, dict):
        raw = [raw]
    if not isinstance(raw, list):
        shape = "an object or a list of one" if record.single else "a list of rows"
        fix = "put the row in a list: [ { ... } ]" if isinstance(raw, dict) else "write [ { ... }, { ... } ]"
        if record.single:
            fix = "write { ... }"
        table.refuse("facts-wrong-shape", f"`{record.name}` is not {shape}", fix, value=raw_text(raw))
        return table
    readers = tuple((column.name, raw_reader(column.slot, spellings), column) for column in table.columns)
    for number, raw_row in enumerate(raw, 1):
        if not isinstance(raw_row, dict):
            table.refuse(
                "facts-wrong-shape",
                "a row is an object of fields and values",
                f'write {{"{record.fields[0].name}": ...}}' if record.fields else "write { }",
                row=number,
                value=raw_text(raw_row),
            )
            continue
        before = len(table.problems)
        values: dict[str, Value | Unknown] = {}
        used = 0
        for name, read, column in readers:
            raw_value = raw_row.get(name)
            if raw_value is None:
                used += name in raw_row
                if column.missing is None:
                    table.refuse_missing(name, number)
                else:
                    values[name] = column.missing
                continue
            used += 1
            value = read(raw_value)
            if isinstance(value, Refusal):
                table.refuse(
                    value.code,
                    value.message,
                    value.help,
                    row=number,
                    field=name,
                    value=raw_text(raw_value),
                    rule=column.slot.rule,
                )
            else:
                values[name] = value
        if used < len(raw_row):
            _refuse_unknown(table, raw_row, number)
        if isinstance(raw_row, RepeatedKeys):
            for name in raw_row.repeated:
                table.refuse(
                    "facts-repeated-key", f"{quoted(name)} is written twice", "keep one", row=number, field=name
                )
        if len(table.problems) == before:
            table.add(values, number)
    table.check_number_of_rows()
    return table


def _refuse_unknown(table: Table, raw_row: dict[str, Raw], number: int) -> None:
    names = [column.name for column in table.columns]
    for name in raw_row:
        if name not in names:
            free = [each for each in names if each not in raw_row] or names
            table.refuse(
                "facts-unknown-field",
                f"no field {quoted(name)} on `{table.record.name}`",
                did_you_mean(name, free),
                row=number,
                field=name,
                value=raw_text(raw_row[name]),
            )
