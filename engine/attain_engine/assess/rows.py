"""Which rows counted for a measure, and which did not, by reason: a named exclusion, or the first clause that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, RecordType
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.assess.behind import Behind, Placing, Run, measure_runs
from attain_engine.assess.clauses import quotation, row_name
from attain_engine.assess.exact import exact
from attain_engine.assess.models import MeasureUse, RowGroup
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.selection import equalities
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import Row

MOST_ROWS_NAMED = 10


def measure_uses(evaluator: Evaluator, with_rows: Callable[[tuple[str, ...]], bool]) -> tuple[MeasureUse, ...]:
    """Every measure that was evaluated for the whole organisation, in the order of the policy; `with_rows` says of the
    tracks of one whether the rows behind it are told."""
    found: list[tuple[model.Measure, tuple[Any, ...], Any]] = []
    for key, value in list(evaluator.context.calls.items()):
        measure = evaluator.program.measures.get(key[0])
        if measure is not None and len(key) == 2 and _of_the_whole(measure):
            found.append((measure, key[1], value))
    tracks = [each.tracks.binder.type for each in evaluator.program.designations.values() if each.tracks is not None]
    order = {identifier: index for index, identifier in enumerate(evaluator.program.measures)}
    found.sort(key=lambda item: (order[item[0].id], show.call(item[0], item[1])))

    def tracks_of(measure: model.Measure, arguments: tuple[Any, ...]) -> tuple[str, ...]:
        formals = zip(arguments, measure.parameters, strict=True)
        return tuple(show.value(each, formal.type) for each, formal in formals if formal.type in tracks)

    return tuple(
        MeasureUse(
            call=show.call(measure, arguments),
            title=measure.title,
            tracks=(used_on := tracks_of(measure, arguments)),
            value=show.value(value, measure.type),
            value_exact=exact(value, measure.type),
            given=(measure.id, arguments) in evaluator.world.values,
            groups=tuple(groups_of(evaluator, measure, arguments)) if with_rows(used_on) else (),
            quotation=quotation(evaluator, measure),
        )
        for measure, arguments, value in found
    )


def _of_the_whole(measure: model.Measure) -> bool:
    return not any(isinstance(formal.type, (EntityType, RecordType)) for formal in measure.parameters)


def groups_of(evaluator: Evaluator, measure: model.Measure, arguments: tuple[Any, ...]) -> Iterator[RowGroup]:
    """The rows behind a measure: those that counted first, then the others by reason, named exclusions first and the
    rarest before the most frequent."""
    if (measure.id, arguments) in evaluator.world.values:
        return
    runs = [
        each
        for each in measure_runs(evaluator, Behind(evaluator), measure, arguments, evaluator.context)
        if isinstance(each.over, model.Aggregate)
    ]
    # What stands in a case that is not taken is the reason only where nothing else is.
    counted, others = sorted_rows(evaluator, [each for each in runs if not each.barred] or runs)
    for certain in (True, False):
        rows = [row for row, sure in counted.items() if sure is certain]
        if rows:
            yield _group("", False, rows, certain=certain)
    yield from others


def sorted_rows(evaluator: Evaluator, runs: Sequence[Run]) -> tuple[dict[Row, bool], list[RowGroup]]:
    """The rows that count in one of these runs, each with whether that is certain, and the others by reason."""
    counted: dict[Row, bool] = {}
    reasons: dict[Row, tuple[str, bool]] = {}
    elsewhere: dict[Row, str] = {}
    for run in runs:
        record = evaluator.program.records[run.record]
        demanded = [
            (field, value, f"{field} is not {show.value(value, record.field(field).type)}")
            for field, value in _demanded(evaluator, run).items()
        ]
        placing = Placing(evaluator, run, most_reasons=1)
        for row, _ in evaluator.world.tables.get(record.id, ()):
            missed = _missed(row, demanded)
            if missed is not None:
                elsewhere.setdefault(row, missed)
                continue
            place = placing.place(row)
            if place.counts:
                counted[row] = counted.get(row, False) or place.certain
            elif place.exclusion is not None:
                reasons.setdefault(row, (place.exclusion.title, True))
            else:
                reasons.setdefault(row, (place.reasons[0], False))
    groups: list[RowGroup] = []
    by_reason: dict[tuple[str, bool], list[Row]] = {}
    for row, why in reasons.items():
        if row not in counted:
            by_reason.setdefault(why, []).append(row)
    for (reason, excluded), rows in sorted(by_reason.items(), key=lambda item: (not item[0][1], len(item[1]))):
        groups.append(_group(reason, excluded, rows))
    others: dict[str, list[Row]] = {}
    for row, reason in elsewhere.items():
        if row not in counted and row not in reasons:
            others.setdefault(reason, []).append(row)
    for reason, rows in others.items():
        groups.append(_group(reason, False, rows, elsewhere=True))
    return counted, groups


def _missed(row: Row, demanded: Sequence[tuple[str, Any, str]]) -> str | None:
    """What is said of the first of the demanded fields in which a row has another value."""
    values = row.values
    for field, value, said in demanded:
        if values[field] != value:
            return said
    return None


def _demanded(evaluator: Evaluator, run: Run) -> dict[str, Any]:
    """The fields of which a run demands one value, whatever the row: rows with another are of another month, another
    area, and of little interest."""
    if run.over.condition is None or run.barred:
        return {}
    demanded: dict[str, Any] = {}
    for field, wanted in equalities(evaluator.program, run.over.condition, run.over.binder.number):
        variables = (each.number for each in nodes(wanted) if isinstance(each, model.Variable))
        if all(number < len(run.frame) and run.frame[number] is not None for number in variables):
            try:
                value = evaluator.run(wanted, run.frame, run.context)
            except (NotGiven, NoAnswer):
                continue
            if not isinstance(value, OPEN):
                demanded.setdefault(field, value)
    return demanded


def _group(
    reason: str, excluded: bool, rows: Sequence[Row], *, elsewhere: bool = False, certain: bool = True
) -> RowGroup:
    return RowGroup(
        reason=reason,
        excluded=excluded,
        elsewhere=elsewhere,
        certain=certain,
        count=len(rows),
        rows=tuple(row_name(row) for row in rows[:MOST_ROWS_NAMED]),
    )


def excluded_rows(evaluator: Evaluator) -> tuple[RowGroup, ...]:
    """The rows that a named exclusion leaves out everywhere, by reason."""
    groups: list[RowGroup] = []
    for exclusion in evaluator.program.exclusions.values():
        if exclusion.measures:
            continue
        rows = [
            row
            for row, _ in evaluator.world.tables.get(exclusion.record, ())
            if evaluator.excludes(exclusion, row, evaluator.context) is True
        ]
        if rows:
            groups.append(_group(exclusion.title, True, rows))
    return tuple(groups)
