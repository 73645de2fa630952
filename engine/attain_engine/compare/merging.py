"""Rows that show a difference, put into an organisation of an example that meets what else is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, NEVER_MONTH, Simple
from attain_engine.compare.asking import Asking
from attain_engine.compare.examples import Organisation
from attain_engine.facts.model import Facts, Row

MOST = 3
"""Rows are put into so many organisations at the most."""

Tables = Mapping[str, tuple[Row, ...]]


def merged(asking: Asking, facts: Facts, into: Iterable[Organisation]) -> Iterator[Tables]:
    """The rows of some facts in organisations, whose own rows are moved to the day that is asked about: in place of
    their rows of the same records, and beside them. The one row of each single record is left out: it is open."""
    own = {name: rows for name, rows in _several(asking, facts.tables).items() if rows}
    seen: list[Tables] = []
    for each in into:
        theirs = _several(asking, moved_organisation(asking, each).facts.tables)
        if theirs in seen:
            continue
        seen.append(theirs)
        if len(seen) > MOST:
            return
        for beside in (False, True) if any(name in theirs for name in own) else (False,):
            key = ("merged", id(facts), id(each), beside)  # both are kept as long as the comparison
            if key not in asking.copies:
                both = {name: (*theirs[name], *own[name]) for name in own if beside and name in theirs}
                asking.copies[key] = {**theirs, **own, **both}
            yield asking.copies[key]


def moved_organisation(asking: Asking, of: Organisation) -> Organisation:
    """An organisation as it would be if its example were about the day that is asked about; made once."""
    if of.on == asking.on:
        return of
    if id(of) not in asking.brought:
        asking.brought[id(of)] = Organisation(asking.on, moved(asking, of.facts, of.on))
    return asking.brought[id(of)]


def _several(asking: Asking, tables: Tables) -> Tables:
    return {name: rows for name, rows in tables.items() if not any(each.single for each in _records(asking, name))}


def _records(asking: Asking, name: str) -> list[model.Record]:
    programs = asking.sides.programs.values()
    return [each.records[name] for each in programs if name in each.records]


def moved(asking: Asking, facts: Facts, on: datetime.date) -> Facts:
    """The facts as they would be if what they say of one day were said of the day that is asked about."""
    days = asking.on - on
    months = (asking.on.year - on.year) * 12 + asking.on.month - on.month
    if not days:
        return facts
    found: dict[str, tuple[Row, ...]] = {}
    for name, rows in facts.tables.items():
        kinds = {field.name: field.type for record in _records(asking, name) for field in record.fields}
        found[name] = tuple(
            Row(name, {field: _later(value, kinds.get(field), days, months) for field, value in row.values.items()})
            for row in rows
        )
    return replace(facts, tables=found)


def _later(value: Any, type_: Any, days: datetime.timedelta, months: int) -> Any:
    if type_ == Simple("date") and isinstance(value, datetime.date) and value != NEVER:
        try:
            return min(value + days, NEVER - datetime.timedelta(1))
        except OverflowError:
            return value
    if type_ == Simple("month") and isinstance(value, int) and value != NEVER_MONTH:
        return value + months
    return value
