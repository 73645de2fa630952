"""What the other rooms ask of an evaluation: values of expressions, measures, scores, rows."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attain_compiler.latest import Latest
from attain_compiler.model import program as model
from attain_compiler.model.checks.depth import DEEPEST
from attain_engine.evaluate import calls
from attain_engine.evaluate.expressions import closure
from attain_engine.evaluate.filled import Filled, Filling
from attain_engine.evaluate.missing import Asked, RowsNotGiven
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.recursion import MOST_BACK
from attain_engine.evaluate.selection import selection
from attain_engine.evaluate.state import Bodies, Closure, Context, State
from attain_engine.evaluate.values import Found, unknown_of
from attain_engine.evaluate.variables import frame_size
from attain_engine.evaluate.world import World
from attain_engine.open.conditions import Condition

MOST_CALLS = 20
"""So many calls of Python a form takes, at the most."""

MOST_PROGRAMS = 8
"""Of so many programs, those used last, the closures are kept."""

_kept: Latest[Bodies] = Latest(MOST_PROGRAMS)


def bodies_of(program: model.Program) -> Bodies:
    """The closures of a program, the same for every organisation."""
    return _kept.get(id(program), lambda: Bodies(program, closure), program)


class Evaluator(State):
    """Evaluates a program in a world on a date, with a choice of readings (the defaults where none is named).

    `bodies` are closures of the program that are to be used instead of the usual ones, such as some that record what
    they decide."""

    def __init__(
        self,
        program: model.Program,
        world: World,
        date: datetime.date,
        readings: Mapping[str, str] | None = None,
        bodies: Bodies | None = None,
    ) -> None:
        # Of what `attain check` lets pass, each form within another takes a few calls of Python.
        # What goes back does so within itself, each time as deep as its body.
        times = MOST_BACK // 50 if any(each.recursive for each in program.defines.values()) else 1
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST * MOST_CALLS * times))
        super().__init__(bodies or bodies_of(program), world, date, readings)

    def value(self, expression: model.Expression, arguments: Sequence[Found] = ()) -> Any:
        """The value of an expression whose free variables are 0, 1, ... in order."""
        return self.run(expression, tuple(arguments), self.context)

    def found(self, expression: model.Expression, arguments: Sequence[Any] = ()) -> Any:
        """The value of an expression; what rests on rows that were not given, or on a value that cannot be
        worked out, is unknown."""
        return self.told(expression, tuple(arguments), self.context)

    def told(self, expression: model.Expression, arguments: tuple[Any, ...], context: Context) -> Any:
        """As `found`, in any context."""
        try:
            return self.run(expression, arguments, context)
        except NotGiven as missing:
            name: Asked = RowsNotGiven(missing.record, self.bodies.place_of(expression), arguments, context.mark)
        except NoAnswer as problem:
            name = self.without_answer(problem, self.bodies.place_of(expression), arguments, context)
        return unknown_of(expression.type, name, members=self.members(expression.type))

    def condition(self, expression: model.Expression, arguments: Sequence[Any] = ()) -> Condition:
        """The truth of a condition; what rests on rows that were not given is unknown."""
        truth: Condition = self.found(expression, arguments)
        return truth

    def measure(self, identifier: str, arguments: Sequence[Found]) -> Any:
        """The value of a measure."""
        return calls.measure_value(self.program.measures[identifier], tuple(arguments), self.context)

    def score(self, score: model.Score, arguments: tuple[Found, ...], context: Context) -> Any:
        """The points of a whole score."""
        return calls.score_total(score, arguments, context)

    def part(self, score: model.Score, part: model.Part, arguments: tuple[Found, ...], context: Context) -> Any:
        """The points of one part of a score."""
        return calls.part_points(score, part, arguments, context)

    def maximum(self, part: model.Part, arguments: tuple[Found, ...], context: Context) -> Any:
        """The most points that one part of a score can give."""
        return self.told(part.maximum, arguments, context)

    def filled(self, condition: model.Expression, arguments: Sequence[Found]) -> tuple[Filled, ...] | None:
        """What was given to which line of a condition; nothing where that is not settled, unless too little could be
        given whatever is open. None of a condition without lines."""
        closure, size = self.bodies.closure_of(condition)
        if not isinstance(closure, Filling):
            return None
        try:
            return closure.filled([*arguments, *[None] * (size - len(arguments))], self.context)
        except (NotGiven, NoAnswer):
            return ()

    def _closure_of(self, expression: model.Expression) -> Closure:
        return self.bodies.closure_of(expression)[0]

    def selected(
        self,
        binder: model.Binder,
        condition: model.Expression | None,
        arguments: Sequence[Any],
        context: Context | None = None,
    ) -> Iterator[tuple[Any, Condition]]:
        """The elements that a binder runs over and the condition does not rule out, each with the condition on which it
        is there and meets it; nothing where rows were not given. In the context, on the assessment date without one."""
        select = selection(self.program, self._closure_of, binder, condition)
        size = max(
            binder.number + 1,
            len(arguments),
            *(frame_size(each) for each in (binder.domain, condition) if each is not None),
        )
        frame = [*arguments, *[None] * (size - len(arguments))]
        try:
            yield from list(select(frame, context or self.context))
        except (NotGiven, NoAnswer):
            return
