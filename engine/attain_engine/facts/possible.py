"""Whether there can be an organisation with these facts: what loading refuses, asked of facts that were made up."""

from __future__ import annotations

from typing import Any

from attain_compiler.model import program as model
from attain_engine.facts.model import UNKNOWN, Facts, Row


def is_possible(program: model.Program, facts: Facts) -> bool:
    """Whether the given measures lie within their bounds, and no two rows are alike where none may be. What the program
    does not have is left aside."""
    for (identifier, _), value in facts.values.items():
        measure = program.measures.get(identifier)
        if measure is not None and not _within(value, measure.low, measure.high):
            return False
    return all(
        _all_apart(rows, fields)
        for identifier, rows in facts.tables.items()
        if identifier in program.records
        for fields in program.records[identifier].unique
    )


def _within(value: Any, low: Any, high: Any) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _all_apart(rows: tuple[Row, ...], fields: tuple[str, ...]) -> bool:
    marks = [tuple(row.values.get(each, UNKNOWN) for each in fields) for row in rows]
    known = [each for each in marks if UNKNOWN not in each]
    return len(set(known)) == len(known)
