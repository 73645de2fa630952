"""Which rows a value was worked out from: to name them where it goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.state import Context, Frame
from attain_engine.facts.model import Row

DEEPEST = 8
"""Through so many definitions and measures rows are looked for."""


def with_rows(
    problem: NoAnswer, program: model.Program, expression: model.Node, frame: Frame, context: Context
) -> NoAnswer:
    """The problem with the rows that the expression was worked out from, unless it names some already."""
    if not problem.rows:
        problem.rows = tuple(dict.fromkeys(_rows(program, expression, frame, context, 0)))
    return problem


def _rows(program: model.Program, expression: model.Node, frame: Frame, context: Context, depth: int) -> Iterator[Row]:
    """The rows in the variables of an expression and the one row of each record of one row, definitions and measures
    looked into. What runs over many rows names none."""
    if depth > DEEPEST:
        return
    for node in nodes(expression):
        match node:
            case model.Variable(number=number):
                if number < len(frame) and isinstance(frame[number], Row):
                    yield frame[number]
            case model.SingleRow():
                given = context.state.world.tables.get(node.type.id, ())  # type: ignore[union-attr]
                yield from (row for row, _ in given[:1])
            case model.DefineCall(define=called, arguments=arguments):
                inside = _passed_on(arguments, frame)
                yield from _rows(program, program.defines[called].body, inside, context, depth + 1)
            case model.MeasureCall(measure=called, arguments=arguments):
                inside = _passed_on(arguments, frame)
                yield from _rows(program, program.measures[called].body, inside, context, depth + 1)
            case _:
                pass


def _passed_on(arguments: Sequence[model.Expression], frame: Frame) -> Frame:
    """What a call gets of the variables of its caller: nothing of those that run over rows, which stand for many."""
    numbers = [each.number if isinstance(each, model.Variable) else len(frame) for each in arguments]
    return [frame[number] if number < len(frame) else None for number in numbers]
