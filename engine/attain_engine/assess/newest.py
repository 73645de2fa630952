"""The newest date in the facts: how far they reach."""

from __future__ import annotations

import datetime

from attain_compiler.model import program as model
from attain_compiler.model.calendar import last_day
from attain_compiler.model.types import NEVER, NEVER_MONTH, Simple
from attain_engine.facts.model import Facts


def newest_date(program: model.Program, facts: Facts, on: datetime.date) -> datetime.date | None:
    """The newest date in the rows that is not after the assessment date; of months, their last days. None where they
    have none."""
    newest: datetime.date | None = None
    for record, rows in facts.tables.items():
        for field in program.records[record].fields:
            if not (isinstance(field.type, Simple) and field.type.kind in ("date", "month")):
                continue
            for row in rows:
                value: object = row.values[field.name]
                if isinstance(value, int) and not isinstance(value, bool) and value != NEVER_MONTH:
                    value = last_day(value)
                if isinstance(value, datetime.date) and value != NEVER and value <= on:
                    newest = value if newest is None else max(newest, value)
    return newest
