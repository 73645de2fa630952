"""The examples of a policy, judged by the interpreter."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from attain_compiler.model import program as model
from attain_engine.facts.model import UNKNOWN, Facts, Row
from tests.oracle.completions import answers
from tests.oracle.interpreter import Interpreter


def facts_of(program: model.Program, example: model.Example) -> Facts:
    """What the example gives; a field that it leaves out is its default, `never`, or unknown."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for table in example.rows:
        record = program.records[table.record]
        for row in table.rows:
            values = {
                field.name: row.get(
                    field.name,
                    datetime.date.max if field.or_never else UNKNOWN if field.default is None else field.default,
                )
                for field in record.fields
            }
            tables[table.record].append(Row(table.record, values))
    given = {(each.target, each.arguments): each.value for each in example.values}
    return Facts(example.title, {id_: tuple(rows) for id_, rows in tables.items()}, given, example.closed)


def failed_expectations(program: model.Program, example: model.Example) -> list[int]:
    """The numbers of the expectations that do not come out true on every completion tried."""
    on = example.on or program.policies[program.main].force_from or datetime.date(2000, 1, 1)
    facts, readings = facts_of(program, example), dict(example.readings)
    return [
        number
        for number, expected in enumerate(example.expectations)
        if answers(program, facts, on, readings, _holds(expected)) != frozenset([True])
    ]


def _holds(condition: model.Expression) -> Callable[[Interpreter], Any]:
    return lambda interpreter: interpreter.evaluate(condition, interpreter.scope)
