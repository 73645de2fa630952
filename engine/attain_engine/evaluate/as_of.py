"""What is asked as of another date: where that is not known, what only parameters say otherwise on other dates has one
value for each time in which they say the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import RecordType
from attain_compiler.model.walk import nodes
from attain_engine.evaluate.missing import OnUnknownDate
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.evaluate.values import Cases, Unknown, compare, lifted, merged, unknown_of
from attain_engine.open.conditions import Condition, conjunction

_DAY = datetime.timedelta(days=1)


def as_of(program: model.Program, closure_of: Compile, expression: model.AsOf) -> Closure:
    """The closure of what is asked as of a date."""
    inner, day = closure_of(expression.value), closure_of(expression.when)
    starts = _starts(program, expression.value)

    def as_of(frame: Frame, context: Context) -> Any:
        date = day(frame, context)
        if not isinstance(date, Cases | Unknown):
            return inner(frame, context.at(date))
        bodies = context.state.bodies
        arguments = tuple([frame[each] for each in bodies.free_in(expression)])

        def on(each: Any) -> Any:
            if not isinstance(each, Unknown):
                return inner(frame, context.at(each))
            name = OnUnknownDate(each.name, bodies.place_of(expression), arguments, context.mark)
            unknown = unknown_of(expression.type, name, members=context.state.members(expression.type))
            if starts is None:
                return unknown
            return merged([(there, at(start, unknown)) for start, there in _times(each, starts)])

        def at(start: datetime.date, unknown: Any) -> Any:
            try:
                return inner(frame, context.at(start))
            except NoAnswer:
                return unknown

        return lifted(on, (date,))

    return as_of


def _times(date: Unknown, starts: tuple[datetime.date, ...]) -> Iterator[tuple[datetime.date, Condition]]:
    """The first day of each time, and the condition on which a date is in it."""
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        later = True if start == datetime.date.min else compare(">=", date, start)
        yield start, conjunction((later, True if end is None else compare("<", date, end)))


def _starts(program: model.Program, expression: model.Expression) -> tuple[datetime.date, ...] | None:
    """The first days of the times in which an expression is the same on every day; None where it may change on others
    than those from which, or to which, parameters have values."""
    found = {datetime.date.min}
    waiting: list[model.Node] = [expression]
    seen: set[str] = set()
    while waiting:
        for node in nodes(waiting.pop()):
            match node:
                case model.Lookup(table=table):
                    for entry in program.tables[table].entries:
                        if entry.force_from is not None:
                            found.add(entry.force_from)
                        if entry.force_to is not None and entry.force_to < datetime.date.max:
                            found.add(entry.force_to + _DAY)
                case model.DefineCall(define=define):
                    if define not in seen:
                        seen.add(define)
                        waiting.append(program.defines[define].body)
                case model.SingleRow(type=RecordType() as record) if not any(program.exclusions_of(record)):
                    pass
                case (
                    model.AssessmentDate() | model.SingleRow() | model.MeasureCall() | model.ScoreCall()
                    | model.MaximumOf() | model.StatusIs() | model.SelfCall() | model.Binding() | model.AsOf()
                ):  # fmt: skip
                    return None
                case _:
                    pass
    return tuple(sorted(found))
