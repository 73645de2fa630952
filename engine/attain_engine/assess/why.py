"""Why a row counts in a measure, or the reason it does not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, RecordType
from attain_engine import show
from attain_engine.assess.assess import check_asked, designations_of
from attain_engine.assess.behind import Behind, Place, Placing, Run, measure_runs
from attain_engine.assess.clauses import text_of
from attain_engine.assess.exact import Exact, exact
from attain_engine.assess.turning import share
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import DesignationResult, designate, requirements_of
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.state import Context
from attain_engine.facts.model import UNKNOWN, Facts, Row

MOST_ROWS = 50


class RowProblem(Exception):
    """The row that was asked about cannot be found: the message says why and what to write."""


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MeasureExplanation(Report):
    """A count, sum or quantifier that looks at the row: `call` is the measure, part or requirement that it stands in.

    `reasons` are the clauses that fail (or the exclusion that leaves it out); none where the row counts. `certain` is
    false where the row may count: what is not known decides. `against` says of a `no` or an `every` that the row
    speaks against it, and by which clause.
    """

    call: str
    aggregate: str
    counts: bool
    certain: bool = True
    against: tuple[str, ...] = ()
    exclusion: str
    sources: tuple[str, ...]
    reasons: tuple[str, ...]
    value: str = ""
    value_exact: Exact | None = None
    whole: str = ""
    whole_exact: Exact | None = None
    share: str = ""


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
    """Explain the rows that `wanted` names (`Usage:12`, `Usage:tenant=contoso`): for each measure, part and requirement
    that the designations rest on and that looks at the record, whether the row counts, and if not
    the first clause that fails (with `every`, all of them). Raises RowProblem."""
    check_asked(program, on, readings)
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


@frozen
class _Root:
    """What the designations rest on: a measure for its arguments, a part of a score, a requirement."""

    call: str
    runs: Iterator[Run]
    sources: tuple[str, ...]


def _measures(evaluator: Evaluator, row: Row, every: bool) -> Iterator[MeasureExplanation]:
    for root in _roots(evaluator, row):
        stands: dict[int, tuple[Run, Place]] = {}
        for run in root.runs:
            if run.record != row.record:
                continue
            # Within others, one run is made for each of them: the row counts if it does in one.
            before = stands.get(id(run.over))
            place = Placing(evaluator, run).place(row)
            if before is None or _speaks_more(place, before[1]):
                stands[id(run.over)] = (run, place)
        for run, place in stands.values():
            yield _explanation(evaluator, root, run, place, every, row)


def _speaks_more(place: Place, other: Place) -> bool:
    """Whether a row counts in one place and not in the other, or surely and not perhaps, or lacks less."""
    if place.counts and other.counts:
        return place.certain and not other.certain
    return place.counts or (not other.counts and len(place.reasons) < len(other.reasons))


def _roots(evaluator: Evaluator, row: Row) -> Iterator[_Root]:
    program = evaluator.program
    behind = Behind(evaluator, row)
    seen: set[str] = set()
    calls: list[tuple[model.Measure, str, _Root]] = []
    parts: list[_Root] = []
    requirements: list[_Root] = []
    for context in evaluator.contexts():
        if context.unfiltered:
            continue
        on = "" if context.date == evaluator.date else f" as of {context.date}"
        for key, value in list(context.calls.items()):
            match key:
                case (str(identifier), tuple(arguments)) if identifier in program.measures:
                    measure = program.measures[identifier]
                    call = show.call(measure, arguments) + on
                    if call not in seen and _fits(measure, arguments, row):
                        seen.add(call)
                        runs = measure_runs(evaluator, behind, measure, arguments, context)
                        calls.append((measure, call, _Root(call, runs, measure.notes.sources)))
                case ("part", identifier, name, tuple(arguments)):
                    score = program.scores[identifier]
                    part = next(each for each in score.parts if each.name == name)
                    call = f"{show.call(score, arguments)}.{name}{on}"
                    if call not in seen:
                        seen.add(call)
                        runs = behind.runs(part.points, arguments, context)
                        parts.append(_Root(call, runs, part.notes.sources))
                case ("designation", _) if isinstance(value, DesignationResult) and not on:
                    requirements += _of_designation(behind, value, context)
                case _:
                    pass
    calls.sort(key=lambda each: (each[0].span, each[1]))
    yield from (root for *_, root in calls)
    yield from parts
    yield from requirements


def _of_designation(behind: Behind, result: DesignationResult, context: Context) -> Iterator[_Root]:
    designation = result.designation
    for track in result.tracks:
        arguments = () if track.track is None else (track.track,)
        on = f" ({track.track})" if track.track is not None else ""
        if designation.tracks is not None and designation.tracks.by is not None:
            yield _Root(f"{designation.name} by{on}", behind.runs(designation.tracks.by, arguments, context), ())
        for each in requirements_of(designation):
            runs = behind.runs(each.condition, arguments, context)
            yield _Root(f"{designation.name}.{each.path}{on}", runs, each.notes.sources)


def _fits(measure: model.Measure, arguments: tuple[Any, ...], row: Row) -> bool:
    """Measures for one identifier are of interest only for the rows that have it."""
    for formal, argument in zip(measure.parameters, arguments, strict=True):
        if isinstance(formal.type, EntityType) and argument not in row.values.values():
            return False
        if isinstance(formal.type, RecordType) and argument.record == row.record and argument is not row:
            return False
    return True


def _explanation(
    evaluator: Evaluator, root: _Root, run: Run, place: Place, every: bool, row: Row
) -> MeasureExplanation:
    exclusion = place.exclusion
    reasons = place.reasons
    if not every:
        reasons = reasons[:1] if exclusion is None else ()
    return MeasureExplanation(
        call=root.call,
        aggregate=text_of(evaluator.program, run.over),
        counts=place.counts,
        certain=place.certain,
        against=place.against,
        exclusion=exclusion.title if exclusion is not None else "",
        sources=exclusion.notes.sources if exclusion is not None else root.sources,
        reasons=reasons,
        **(_weight(evaluator, run, row) if place.counts and place.certain else {}),
    )


def _weight(evaluator: Evaluator, run: Run, row: Row) -> dict[str, Any]:
    """What the row brings to a sum, an average, or the like of them, and which share that is."""
    over = run.over
    if not isinstance(over, model.Aggregate) or over.value is None or over.kind == "distinct":
        return {}
    try:
        value = evaluator.run(over.value, tuple(run.bound(row)), run.context)
        whole = evaluator.run(over, run.frame, run.context)
    except (NotGiven, NoAnswer):
        return {}
    return {
        "value": show.value(value, over.value.type),
        "value_exact": exact(value, over.value.type),
        "whole": show.value(whole, over.type),
        "whole_exact": exact(whole, over.type),
        "share": share(over.kind, value, whole, 0),
    }
