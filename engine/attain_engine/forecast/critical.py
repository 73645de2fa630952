"""The single rows without which a status of today would be lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from attain_compiler.model import program as model
from attain_engine.facts.model import Facts, Row
from attain_engine.forecast.models import Critical
from attain_engine.plan.lapses import named_row
from attain_engine.solve.deadline import look


def rows_read(facts: Facts, records: set[str]) -> list[Row]:
    """The rows of the records that are read, the smallest records first."""
    tables = sorted((facts.tables.get(each, ()) for each in records), key=len)
    return [row for rows in tables for row in rows]


def without(facts: Facts, row: Row) -> Facts:
    """The facts without a row."""
    rows = tuple(each for each in facts.tables[row.record] if each is not row)
    return replace(facts, tables={**facts.tables, row.record: rows})


def critical(
    program: model.Program,
    facts: Facts,
    rows: list[Row],
    now: Mapping[tuple[str, str], int],
    then: Callable[[Facts], Mapping[tuple[str, str], int]],
) -> Iterator[Critical | None]:
    """For each row in turn what would be lost without it (None: nothing). `now` and `then` say for each designation, by
    its id and title, how high it stands: -1 not met, else by its tier. Raises OutOfTime where a deadline is past."""
    for row in rows:
        look()
        after = then(without(facts, row))
        lost = tuple(
            each[1] if after.get(each, -1) < 0 else f"a tier of {each[1]}"
            for each, height in now.items()
            if after.get(each, -1) < height
        )
        yield (
            Critical(row=row.origin.name if row.origin else "", title=named_row(program, row), loses=lost)
            if lost
            else None
        )
