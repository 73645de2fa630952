"""Days to come on which a condition on a date in the facts begins or ceases to hold: what lapses, windows that open."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import OutsideTheCalendar, shifted
from attain_compiler.model.types import NEVER, Duration, RecordType
from attain_compiler.model.walk import nodes
from attain_engine.assess.behind import Behind, measure_runs
from attain_engine.assess.clauses import row_name, text_of
from attain_engine.assess.rows import sorted_rows
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import DesignationResult, requirements_of
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.facts.model import Facts, Row

HORIZON: Final = datetime.timedelta(days=400)
"""So far ahead is looked."""
MOST: Final = 500
"""So many of them are told at the most, the first ones."""


class Upcoming(BaseModel):
    """A condition of the policy on a date of a row: from `day` on it `ends` (holds no longer) or `begins` (holds).

    `rule` is the condition in the words of the policy; `date` the date in the facts that it looks at, in `field`;
    `title` the first values of the row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: datetime.date
    what: Literal["ends", "begins"]
    row: str
    title: str
    field: str
    date: datetime.date
    rule: str
    place: str


@frozen
class Window:
    """How far back a rule looks, and the rule in the words of the policy."""

    length: Duration
    rule: str


@frozen
class _Limit:
    """A comparison of a date of a row with the assessment date, each moved by some duration."""

    node: model.Compare
    record: str
    field: str
    swapped: bool
    """Whether the assessment date stands on the left."""
    of_change: bool

    def holds(self, value: datetime.date, day: datetime.date, lengths: tuple[Any, Any]) -> bool:
        """Whether the comparison holds on a day; `lengths` move the field and the day."""
        field, on = _moved(value, lengths[0]), _moved(day, lengths[1])
        left, right = (on, field) if self.swapped else (field, on)
        match self.node.operator:
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case ">=":
                return left >= right
            case _:
                return False


def upcoming(evaluator: Evaluator, results: list[DesignationResult], facts: Facts) -> tuple[Upcoming, ...]:
    """What begins and ends after the assessment date, within the horizon, the next first. What ends is told of rows
    that count today, and of those that a change asks for; what begins, of all."""
    limits = [*_limits(evaluator.program)]
    if not limits:
        return ()
    counted = _counted(evaluator, results)
    found: dict[tuple[Any, ...], Upcoming] = {}
    for limit in limits:
        lengths = _lengths(evaluator, limit)
        if lengths is None:
            continue
        for row in facts.tables.get(limit.record, ()):
            value = row.values[limit.field]
            if isinstance(value, datetime.date) and value != NEVER:
                told = _turn(evaluator, limit, row, value, lengths)
                if told is not None and (told.what == "begins" or limit.of_change or row in counted):
                    found.setdefault((told.day, told.row, told.what, told.rule), told)
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.row, each.rule))[:MOST])


def _turn(
    evaluator: Evaluator, limit: _Limit, row: Row, value: datetime.date, lengths: tuple[Any, Any]
) -> Upcoming | None:
    """The first day after the assessment date on which the comparison turns, if that is within the horizon."""
    today, last = evaluator.date, evaluator.date + HORIZON
    try:
        now = limit.holds(value, today, lengths)
        if limit.holds(value, last, lengths) is now:
            return None
        while (last - today).days > 1:  # it turns once: the day moves one way only
            middle = today + (last - today) // 2
            if limit.holds(value, middle, lengths) is now:
                today = middle
            else:
                last = middle
    except OutsideTheCalendar:
        return None
    file = evaluator.program.files.get(limit.node.span.path)
    line = f"{file.path}:{file.line_and_column(limit.node.span.start)[0]}" if file else ""
    texts = [str(each) for each in row.values.values() if isinstance(each, str)]
    return Upcoming(
        day=last,
        what="ends" if now else "begins",
        row=row_name(row),
        title=", ".join(texts[:3]),
        field=limit.field,
        date=value,
        rule=text_of(evaluator.program, limit.node),
        place=line,
    )


def _limits(program: model.Program) -> Iterator[_Limit]:
    bodies: list[tuple[model.Node, bool]] = [
        (each, False)
        for group in (program.measures, program.defines, program.exclusions, program.scores, program.designations)
        for each in group.values()
    ]
    bodies += [(each.condition, True) for each in program.changes.values() if each.condition is not None]
    for body, of_change in bodies:
        for node in nodes(body):
            if isinstance(node, model.Compare) and node.operator in ("<", "<=", ">", ">="):
                for one, other, swapped in ((node.left, node.right, False), (node.right, node.left, True)):
                    field, on = _inner(one), _inner(other)
                    match field, on:
                        case model.FieldOf(
                            row=model.Typed(type=RecordType(id=record)), field=name
                        ), model.AssessmentDate():
                            yield _Limit(node, record, name, swapped, of_change)
                        case _:
                            pass


def _inner(expression: model.Expression) -> model.Expression:
    return expression.anchor if isinstance(expression, model.Shift) else expression


def _lengths(evaluator: Evaluator, limit: _Limit) -> tuple[Any, Any] | None:
    """By how much the field and the day are moved, each with its direction; None where that depends on the row."""
    sides = (limit.node.right, limit.node.left) if limit.swapped else (limit.node.left, limit.node.right)
    found: list[Any] = []
    for side in sides:
        if not isinstance(side, model.Shift):
            found.append(None)
            continue
        if any(isinstance(each, model.Variable) for each in nodes(side.length)):
            return None
        try:
            length = evaluator.run(side.length, (), evaluator.context)
        except (NotGiven, NoAnswer):
            return None
        if not isinstance(length, Duration):
            return None
        found.append((length, side.direction))
    return found[0], found[1]


def _moved(day: datetime.date, by: Any) -> datetime.date:
    return day if by is None else shifted(day, by[0], by[1])


def _counted(evaluator: Evaluator, results: list[DesignationResult]) -> frozenset[Row]:
    """The rows that count somewhere behind the designations."""
    behind = Behind(evaluator)
    program = evaluator.program
    found: set[Row] = set()
    for context in evaluator.contexts():
        if context.unfiltered:
            continue
        for key in list(context.calls):
            match key:
                case (str(identifier), tuple(arguments)) if identifier in program.measures:
                    runs = list(measure_runs(evaluator, behind, program.measures[identifier], arguments, context))
                case ("part", identifier, name, tuple(arguments)):
                    part = next(each for each in program.scores[identifier].parts if each.name == name)
                    runs = list(behind.runs(part.points, arguments, context))
                case _:
                    continue
            found.update(sorted_rows(evaluator, [each for each in runs if not each.barred])[0])
    for result in results:
        for track in result.tracks:
            arguments = () if track.track is None else (track.track,)
            for each in requirements_of(result.designation):
                runs = list(behind.runs(each.condition, arguments, evaluator.context))
                found.update(sorted_rows(evaluator, [run for run in runs if not run.barred])[0])
    return frozenset(found)


def shortest_window(evaluator: Evaluator) -> Window | None:
    """Of the rules that look at dates of rows no older than some duration before the assessment date, the one with the
    shortest; None where no rule does."""
    found: list[Window] = []
    for limit in _limits(evaluator.program):
        lengths = _lengths(evaluator, limit)
        lower = limit.node.operator in ((">", ">=") if not limit.swapped else ("<", "<="))
        if limit.of_change or not lower or lengths is None:
            continue
        match lengths:
            case (None, (Duration() as length, -1)) | ((Duration() as length, 1), None):
                found.append(Window(length, text_of(evaluator.program, limit.node)))
            case _:
                pass
    return min(found, key=lambda each: each.length, default=None)
