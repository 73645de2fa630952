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
from attain_engine.plan.opened import At, Later, Touched, added_row


@frozen
class Step:
    """A candidate that is made, and how many units of it."""

    candidate: Candidate
    units: int


class Conflict(Exception):
    """Two steps set one field to two values: such a plan must not have been proposed."""


def applied(
    evaluator: Evaluator,
    facts: Facts,
    steps: tuple[Step, ...],
    at: At | None = None,
    touched: Touched = lambda _, row: (row,),
    later: Later = lambda row: (row,),
) -> Facts:
    """The facts with the steps taken, in the order in which they are done. `evaluator` is the one of the facts as they
    were; `at`, `touched` and `later` are as for `open_world`."""
    tables: dict[str, list[Row | None]] = {record: list(rows) for record, rows in facts.tables.items()}
    if facts.closed:
        for record in evaluator.program.records:
            tables.setdefault(record, [])
    position = {row: (record, index) for record, rows in tables.items() for index, row in enumerate(rows)}
    changed: dict[Row, dict[str, Any]] = {}
    was_set: dict[tuple[Row, str, Any], Any] = {}
    removed: set[Row] = set()
    raised = dict(facts.raised)
    effects = [(step, effect) for step in steps for effect in step.candidate.change.effects]
    effects.sort(key=lambda each: (each[0].candidate.moment, isinstance(each[1], model.RaisesField)))
    for step, effect in effects:
        candidate, arguments = step.candidate, step.candidate.arguments
        then, given_then = at(candidate) if at else (evaluator, arguments)
        match effect:
            case model.Adds(record=record) if record not in tables:
                continue  # nothing is known of the rows of this record, with one more as without
            case model.Adds(record=record):
                for unit in range(1, step.units + 1):
                    for row in later(added_row(then, effect, candidate, unit, given_then)):
                        origin = Origin("", f"{record.rpartition('.')[2]} (planned)", len(tables[record]) + 1)
                        tables[record].append(replace(row, origin=origin))
            case model.Removes(row=row):
                removed.update(touched(candidate, arguments[row.number]))
            case model.Sets(row=row, field=field, value=value):
                new = then.found(value, given_then)
                for this in touched(candidate, arguments[row.number]):
                    if was_set.setdefault((this, field, candidate.moment), new) != new:
                        raise Conflict(f"`{field}` is set to two values at once")
                    changed.setdefault(this, {})[field] = new
            case model.RaisesField(row=row, field=field, by=by):
                more = settled(then, candidate.change, by, given_then) * step.units
                for this in touched(candidate, arguments[row.number]):
                    fields = changed.setdefault(this, {})
                    before = fields.get(field, this.values[field])
                    if before is UNKNOWN:
                        before = evaluator.cell(this, field)
                    fields[field] = quantities.add(before, more)
            case model.RaisesMeasure(measure=measure, arguments=given, by=by):
                change = candidate.change
                key = (measure, tuple(settled(then, change, each, given_then) for each in given))
                more = settled(then, change, by, given_then) * step.units
                raised[key] = raised.get(key, 0) + more
    for row, fields in changed.items():
        record, index = position[row]
        tables[record][index] = Row(row.record, {**row.values, **fields}, row.origin)
    for row in removed:
        record, index = position[row]
        tables[record][index] = None
    kept = {record: tuple(row for row in rows if row is not None) for record, rows in tables.items()}
    return replace(facts, tables=kept, raised=raised)
