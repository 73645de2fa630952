"""The facts after a plan: what `assess` is asked again before a plan is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_engine.evaluate import Evaluator
from attain_engine.facts.model import UNKNOWN, Facts, Origin, Row
from attain_engine.open import quantities
from attain_engine.plan.candidates import Candidate, settled
from attain_engine.plan.opened import added_row


@frozen
class Step:
    """A candidate that is made, and how many units of it."""

    candidate: Candidate
    units: int


class Conflict(Exception):
    """Two steps set one field to two values: such a plan must not have been proposed."""


def applied(evaluator: Evaluator, facts: Facts, steps: tuple[Step, ...]) -> Facts:
    """The facts with the steps taken. `evaluator` is the one of the facts as they were."""
    tables: dict[str, list[Row | None]] = {record: list(rows) for record, rows in facts.tables.items()}
    if facts.closed:
        for record in evaluator.program.records:
            tables.setdefault(record, [])
    position = {row: (record, index) for record, rows in tables.items() for index, row in enumerate(rows)}
    changed: dict[Row, dict[str, Any]] = {}
    was_set: dict[tuple[Row, str], Any] = {}
    removed: set[Row] = set()
    raised = dict(facts.raised)
    for step in steps:
        arguments = step.candidate.arguments
        for effect in step.candidate.change.effects:
            match effect:
                case model.Adds(record=record) if record not in tables:
                    continue  # nothing is known of the rows of this record, with one more as without
                case model.Adds(record=record):
                    for unit in range(1, step.units + 1):
                        row = added_row(evaluator, effect, step.candidate, unit, arguments)
                        origin = Origin("", f"{record.rpartition('.')[2]} (planned)", len(tables[record]) + 1)
                        tables[record].append(replace(row, origin=origin))
                case model.Removes(row=row):
                    removed.add(arguments[row.number])
                case model.Sets(row=row, field=field, value=value):
                    this = arguments[row.number]
                    new = evaluator.found(value, arguments)
                    if was_set.setdefault((this, field), new) != new:
                        raise Conflict(f"`{field}` is set to two values")
                    changed.setdefault(this, {})[field] = new
                case model.RaisesField(row=row, field=field, by=by):
                    this = arguments[row.number]
                    fields = changed.setdefault(this, {})
                    before = fields.get(field, this.values[field])
                    if before is UNKNOWN:
                        before = evaluator.cell(this, field)
                    more = settled(evaluator, step.candidate.change, by, arguments) * step.units
                    fields[field] = quantities.add(before, more)
                case model.RaisesMeasure(measure=measure, arguments=given, by=by):
                    change = step.candidate.change
                    key = (measure, tuple(settled(evaluator, change, each, arguments) for each in given))
                    more = settled(evaluator, change, by, arguments) * step.units
                    raised[key] = raised.get(key, 0) + more
    for row, fields in changed.items():
        record, index = position[row]
        tables[record][index] = Row(row.record, {**row.values, **fields}, row.origin)
    for row in removed:
        record, index = position[row]
        tables[record][index] = None
    kept = {record: tuple(row for row in rows if row is not None) for record, rows in tables.items()}
    return replace(facts, tables=kept, raised=raised)
