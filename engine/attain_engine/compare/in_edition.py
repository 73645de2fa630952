"""What both editions share, in the names of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumValue
from attain_engine.compare.editions import Edition
from attain_engine.compare.items import Item
from attain_engine.compare.rewriting import Rewriting
from attain_engine.facts.model import UNKNOWN, Facts, Row


def in_edition(edition: Edition, facts: Facts) -> Facts:
    """Facts under shared names, as an edition names them; what it does not have is left out."""
    back = {shared: own for own, shared in edition.names.items()}
    rewrite = Rewriting(back)
    program = edition.program
    values = {
        (back.get(identifier, identifier), rewrite(arguments)): rewrite(value)
        for (identifier, arguments), value in facts.values.items()
    }
    known = {
        key: value
        for key, value in values.items()
        if (key[0] in program.measures or key[0] in program.defines)
        and all(_exists(program, each) for each in (*key[1], value))
    }
    tables: dict[str, tuple[Row, ...]] = {}
    for name, rows in facts.tables.items():
        record = program.records.get(back.get(name, name))
        if record is not None:
            tables[record.id] = tuple(_row(record, row, rewrite) for row in rows)
    return replace(facts, values=known, tables=tables)


def _row(record: model.Record, row: Row, rewrite: Rewriting) -> Row:
    values: dict[str, Any] = {}
    for field in record.fields:
        value = row.values.get(field.name, UNKNOWN)
        if value is UNKNOWN and field.default is not None:
            value = field.default
        values[field.name] = value if value is UNKNOWN else rewrite(value)
    return Row(record.id, values)


def _exists(program: model.Program, value: Any) -> bool:
    if not isinstance(value, EnumValue) or value.enum not in program.enums:
        return True
    return any(each.constant == value for each in program.enums[value.enum].members)


def named_in(edition: Edition, item: Item) -> tuple[str, tuple[Any, ...]]:
    """The id of an item's declaration in an edition, and its arguments."""
    back = {shared: own for own, shared in edition.names.items()}
    return back.get(item.owner, item.owner), Rewriting(back)(item.arguments)
