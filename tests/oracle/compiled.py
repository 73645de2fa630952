"""Policies and facts for the oracle's own tests."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, EnumValue
from attain_compiler.pipeline import compile_policy
from attain_engine.facts.model import UNKNOWN, Facts, Row

ON = datetime.date(2024, 3, 31)


def compiled(text: str) -> model.Program:
    """The program of a policy without imports; every diagnostic is a failure."""
    program, diagnostics = compile_policy("policy.attain", text, lambda _path, _name: None)
    assert program is not None, "\n".join(f"{each.code}: {each.message}" for each in diagnostics)
    return program


def facts(program: model.Program, tables: Mapping[str, list[dict[str, Any]]], *, closed: bool = True) -> Facts:
    """Rows by the names of records and fields; enum values by name; what is missing is what the record says."""
    records = {record.name: record for record in program.records.values()}
    rows = {
        records[name].id: tuple(Row(records[name].id, _values(records[name], row)) for row in table)
        for name, table in tables.items()
    }
    return Facts("tried", rows, {}, closed)


def _values(record: model.Record, row: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in record.fields:
        missing = field.default if field.default is not None else UNKNOWN
        value = row.get(field.name, datetime.date.max if field.or_never else missing)
        is_enum = isinstance(field.type, EnumType) and isinstance(value, str)
        values[field.name] = EnumValue(field.type.base.id, value) if is_enum else value  # type: ignore[union-attr]
    return values
