"""Which rows counted for a measure, and which did not, by reason: a named exclusion, or the first clause that fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, RecordType
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.assess.clauses import quotation, row_name, text_of
from attain_engine.assess.models import MeasureUse, RowGroup
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.problems import NotGiven
from attain_engine.evaluate.selection import equalities
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import Row

MOST_ROWS_NAMED = 10


def measure_uses(evaluator: Evaluator, with_rows: bool) -> tuple[MeasureUse, ...]:
    """Every measure that was evaluated for the whole organisation, in the order of the policy."""
    found: list[tuple[model.Measure, tuple[Any, ...], Any]] = []
    for key, value in list(evaluator.context.calls.items()):
        measure = evaluator.program.measures.get(key[0])
        if measure is not None and len(key) == 2 and _of_the_whole(measure):
            found.append((measure, key[1], value))
    order = {identifier: index for index, identifier in enumerate(evaluator.program.measures)}
    found.sort(key=lambda item: (order[item[0].id], show.call(item[0], item[1])))
    return tuple(
        MeasureUse(
            call=show.call(measure, arguments),
            title=measure.title,
            value=show.value(value, measure.type),
            given=(measure.id, arguments) in evaluator.world.values,
            groups=tuple(groups_of(evaluator, measure, arguments)) if with_rows else (),
            quotation=quotation(evaluator, measure),
        )
        for measure, arguments, value in found
    )


def _of_the_whole(measure: model.Measure) -> bool:
    return not any(isinstance(formal.type, (EntityType, RecordType)) for formal in measure.parameters)


def aggregates_of(measure: model.Measure) -> Iterator[model.Aggregate]:
    """The aggregates over rows of which a measure's body is made, those inside their conditions left aside."""
    stack: list[Any] = [measure.body]
    while stack:
        node = stack.pop()
        match node:
            case model.Aggregate(binder=binder) if isinstance(binder.type, RecordType) and binder.domain is None:
                yield node
            case model.Arithmetic(left=left, right=right):
                stack.extend((right, left))
            case model.Fallback(value=value) | model.AsOf(value=value) | model.Rounded(value=value):
                stack.append(value)
            case model.Negative(operand=operand):
                stack.append(operand)
            case _:
                pass


def groups_of(evaluator: Evaluator, measure: model.Measure, arguments: tuple[Any, ...]) -> Iterator[RowGroup]:
    """The rows behind a measure: those that counted first, then the others by reason, named exclusions first and the
    rarest before the most frequent."""
    if (measure.id, arguments) in evaluator.world.values:
        return
    counted: dict[Row, None] = {}
    reasons: dict[Row, tuple[str, bool]] = {}
    elsewhere: dict[Row, str] = {}
    for aggregate in aggregates_of(measure):
        record = evaluator.program.records[aggregate.binder.type.id]  # type: ignore[union-attr]
        demanded = _demanded(evaluator, aggregate, arguments)
        for row, _ in evaluator.world.tables.get(record.id, ()):
            missed = next((field for field, value in demanded.items() if row.values[field] != value), None)
            if missed is not None:
                wanted = show.value(demanded[missed], record.field(missed).type)
                elsewhere.setdefault(row, f"{missed} is not {wanted}")
                continue
            why = why_not(evaluator, measure, aggregate, arguments, row)
            if why is None:
                counted[row] = None
            else:
                reasons.setdefault(row, why)
    if counted:
        yield _group("", False, list(counted))
    by_reason: dict[tuple[str, bool], list[Row]] = {}
    for row, why in reasons.items():
        if row not in counted:
            by_reason.setdefault(why, []).append(row)
    for (reason, excluded), rows in sorted(by_reason.items(), key=lambda item: (not item[0][1], len(item[1]))):
        yield _group(reason, excluded, rows)
    others: dict[str, list[Row]] = {}
    for row, reason in elsewhere.items():
        if row not in counted and row not in reasons:
            others.setdefault(reason, []).append(row)
    for reason, rows in others.items():
        yield _group(reason, False, rows, elsewhere=True)


def _demanded(evaluator: Evaluator, aggregate: model.Aggregate, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """The fields of which an aggregate demands one value, whatever the row: rows with another are of another month,
    another area, and of little interest."""
    if aggregate.condition is None:
        return {}
    demanded: dict[str, Any] = {}
    for field, wanted in equalities(evaluator.program, aggregate.condition, aggregate.binder.number):
        if all(each.number < len(arguments) for each in nodes(wanted) if isinstance(each, model.Variable)):
            value = evaluator.found(wanted, arguments)
            if not isinstance(value, OPEN):
                demanded.setdefault(field, value)
    return demanded


def _group(reason: str, excluded: bool, rows: Sequence[Row], *, elsewhere: bool = False) -> RowGroup:
    return RowGroup(
        reason=reason,
        excluded=excluded,
        elsewhere=elsewhere,
        count=len(rows),
        rows=tuple(row_name(row) for row in rows[:MOST_ROWS_NAMED]),
    )


def why_not(
    evaluator: Evaluator,
    measure: model.Measure | None,
    aggregate: model.Aggregate,
    arguments: tuple[Any, ...],
    row: Row,
) -> tuple[str, bool] | None:
    """Why a row does not count in an aggregate of a measure: the reason, and whether it is a named exclusion. None: it
    counts, or may."""
    excluded = exclusion_of(evaluator, measure, row)
    if excluded is not None:
        return excluded.title, True
    if aggregate.condition is None:
        return None
    slots: list[Any] = [*arguments]
    slots += [None] * (aggregate.binder.number + 1 - len(slots))
    slots[aggregate.binder.number] = row
    failing = next(failing_clauses(evaluator, aggregate.condition, slots), None)
    return None if failing is None else (failing, False)


def exclusion_of(evaluator: Evaluator, measure: model.Measure | None, row: Row) -> model.Exclusion | None:
    """The first named exclusion that leaves the row out (of this measure, or everywhere)."""
    for exclusion in evaluator.program.exclusions.values():
        limited = bool(exclusion.measures) and (measure is None or measure.id not in exclusion.measures)
        of_row = exclusion.record == row.record and not limited
        if of_row and evaluator.excludes(exclusion, row, evaluator.context) is True:
            return exclusion
    return None


def failing_clauses(evaluator: Evaluator, condition: model.Expression, slots: list[Any]) -> Iterator[str]:
    """The clauses of a condition that fail, as written; a definition that fails is opened."""
    for part in condition.items if isinstance(condition, model.And) else (condition,):
        try:
            truth = evaluator.value(part, slots)
        except NotGiven as missing:
            yield f"no `{missing.record.rpartition('.')[2]}` rows were given"
            continue
        if truth is not False:
            continue
        if isinstance(part, model.And):
            yield from failing_clauses(evaluator, part, slots)
        elif isinstance(part, model.DefineCall) and isinstance(
            evaluator.program.defines[part.define].body, (model.And, model.DefineCall)
        ):
            values = [evaluator.value(each, slots) for each in part.arguments]
            yield from failing_clauses(evaluator, evaluator.program.defines[part.define].body, values)
        else:
            define = evaluator.program.defines[part.define] if isinstance(part, model.DefineCall) else None
            titled = define is not None and define.title != define.name
            yield f"not: {define.title if define is not None and titled else text_of(evaluator.program, part)}"


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
