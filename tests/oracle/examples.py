"""The examples of a policy, judged by the interpreter."""

from __future__ import annotations

import datetime
from collections import defaultdict

from attain_compiler.model import program as model
from attain_engine.facts.model import UNKNOWN, Facts, Row
from tests.oracle.completions import answers
from tests.oracle.interpreter import Interpreter
from tests.oracle.world import NoValueError


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

    def ask(interpreter: Interpreter) -> tuple[bool, ...]:
        return tuple(_holds(interpreter, each) for each in example.expectations)

    found = answers(program, facts_of(program, example), on, dict(example.readings), ask, budget=10)
    return [number for number in range(len(example.expectations)) if not all(each[number] for each in found)]


def _holds(interpreter: Interpreter, condition: model.Expression) -> bool:
    try:
        return bool(interpreter.evaluate(condition, interpreter.scope))
    except NoValueError:
        return False
