"""Why a row counts in a measure, or the reason it does not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, RecordType
from attain_engine import show
from attain_engine.assess.assess import check_in_force, designations_of
from attain_engine.assess.clauses import text_of
from attain_engine.assess.rows import aggregates_of, exclusion_of, failing_clauses
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import designate
from attain_engine.facts.model import UNKNOWN, Facts, Row

MOST_ROWS = 50


class RowProblem(Exception):
    """The row that was asked about cannot be found: the message says why and what to write."""


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MeasureExplanation(Report):
    """`reasons` are the clauses that fail (or the exclusion that leaves it out); none where the row counts."""

    call: str
    aggregate: str
    counts: bool
    exclusion: str
    sources: tuple[str, ...]
    reasons: tuple[str, ...]


class RowExplanation(Report):
    row: str
    values: dict[str, str]
    measures: tuple[MeasureExplanation, ...]


class Explanation(Report):
    format_version: Literal[1] = 1
    kind: Literal["why"] = "why"
    organisation: str
    as_of: datetime.date
    rows: tuple[RowExplanation, ...]


def explain_rows(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    wanted: str,
    *,
    every: bool = False,
) -> Explanation:
    """Explain the rows that `wanted` names (`Usage:12`, `Usage:tenant=contoso`): for each measure that the designations
    evaluate and that runs over the record, whether the row counts, and if not the first clause that fails (with
    `every`, all of them). Raises RowProblem."""
    check_in_force(program, on)
    evaluator = Evaluator(program, world_of(program, facts), on, readings)
    for designation in designations_of(program):
        designate(evaluator, designation, evaluator.context)
    rows = list(_rows(program, facts, wanted))
    return Explanation(
        organisation=facts.organisation,
        as_of=on,
        rows=tuple(_explained(evaluator, row, every) for row in rows[:MOST_ROWS]),
    )


def _rows(program: model.Program, facts: Facts, wanted: str) -> Iterator[Row]:
    name, colon, which = wanted.partition(":")
    record = next((each for each in program.records.values() if each.name == name), None)
    if record is None or not colon or not which:
        names = ", ".join(f"`{each.name}`" for each in program.records.values())
        raise RowProblem(f"`{wanted}` names no row: write RECORD:NUMBER or RECORD:FIELD=VALUE; the records are {names}")
    rows = facts.tables.get(record.id, ())
    if which.isdecimal() and len(which) < 20:
        if not 1 <= int(which) <= len(rows):
            raise RowProblem(f"there is no row {which} of `{name}`: there are {len(rows):,}")
        yield rows[int(which) - 1]
        return
    demands = dict(_demand(record, part) for part in which.split(","))
    found = [row for row in rows if all(_shown(record, row, field) == value for field, value in demands.items())]
    if not found:
        raise RowProblem(f"no row of `{name}` has {which}")
    yield from found


def _demand(record: model.Record, part: str) -> tuple[str, str]:
    field, equals, value = part.partition("=")
    if not equals or field.strip() not in {each.name for each in record.fields}:
        fields = ", ".join(f"`{each.name}`" for each in record.fields)
        raise RowProblem(f"`{part}` is not FIELD=VALUE of `{record.name}`: its fields are {fields}")
    return field.strip(), value.strip()


def _shown(record: model.Record, row: Row, field: str) -> str:
    value = row.values[field]
    return "unknown" if value is UNKNOWN else show.value(value, record.field(field).type)


def _explained(evaluator: Evaluator, row: Row, every: bool) -> RowExplanation:
    record = evaluator.program.records[row.record]
    return RowExplanation(
        row=row.origin.name if row.origin is not None else record.name,
        values={each.name: _shown(record, row, each.name) for each in record.fields},
        measures=tuple(_measures(evaluator, row, every)),
    )


def _measures(evaluator: Evaluator, row: Row, every: bool) -> Iterator[MeasureExplanation]:
    calls: list[tuple[model.Measure, tuple[Any, ...]]] = []
    for key in evaluator.context.calls:
        measure = evaluator.program.measures.get(key[0])
        if measure is not None and len(key) == 2 and _fits(measure, key[1], row):
            calls.append((measure, key[1]))
    for measure, arguments in sorted(calls, key=lambda each: (each[0].span, show.call(*each))):
        for aggregate in aggregates_of(measure):
            if aggregate.binder.type.id == row.record:  # type: ignore[union-attr]
                yield _in_aggregate(evaluator, measure, arguments, aggregate, row, every)


def _fits(measure: model.Measure, arguments: tuple[Any, ...], row: Row) -> bool:
    """Measures for one identifier are of interest only for the rows that have it."""
    for formal, argument in zip(measure.parameters, arguments, strict=True):
        if isinstance(formal.type, EntityType) and argument not in row.values.values():
            return False
        if isinstance(formal.type, RecordType) and argument is not row:
            return False
    return True


def _in_aggregate(
    evaluator: Evaluator,
    measure: model.Measure,
    arguments: tuple[Any, ...],
    aggregate: model.Aggregate,
    row: Row,
    every: bool,
) -> MeasureExplanation:
    exclusion = exclusion_of(evaluator, measure, row)
    reasons: list[str] = []
    if aggregate.condition is not None:
        slots: list[Any] = [*arguments]
        slots += [None] * (aggregate.binder.number + 1 - len(slots))
        slots[aggregate.binder.number] = row
        reasons = list(failing_clauses(evaluator, aggregate.condition, slots))
    if not every:
        reasons = reasons[:1] if exclusion is None else []
    return MeasureExplanation(
        call=show.call(measure, arguments),
        aggregate=text_of(evaluator.program, aggregate),
        counts=exclusion is None and not reasons,
        exclusion=exclusion.title if exclusion is not None else "",
        sources=exclusion.notes.sources if exclusion is not None else measure.notes.sources,
        reasons=tuple(reasons),
    )
