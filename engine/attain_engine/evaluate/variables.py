"""The variables of an expression, and the place where it stands: what is told apart of what it may come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumValue
from attain_compiler.model.walk import nodes
from attain_engine.evaluate.missing import Place


def free_variables(expression: model.Node) -> tuple[int, ...]:
    """The numbers of the variables of an expression that are bound outside it, in order."""
    every = list(nodes(expression))
    bound = {each.number for each in every if isinstance(each, model.Binder)}
    return tuple(sorted({each.number for each in every if isinstance(each, model.Variable)} - bound))


def frame_with(expression: model.Node, values: Sequence[Any]) -> tuple[Any, ...]:
    """The frame in which the variables of an expression that are bound outside it have these values, in order."""
    frame: list[Any] = []
    for number, value in zip(free_variables(expression), values, strict=True):
        frame += [None] * (number + 1 - len(frame))
        frame[number] = value
    return tuple(frame)


def place_of(expression: model.Node) -> Place:
    """The place of an expression; see `Place`."""
    put: list[object] = []
    for each in nodes(expression):
        match each:
            case model.Constant(value=EnumValue() as value):
                put.append(value)
            case model.StatusIs(designation=designation):
                put.append(designation)
            case _:
                pass
    return Place(expression.span, tuple(put))


def frame_size(expression: model.Expression) -> int:
    """How many variables an expression has, free and bound."""
    numbers = (each.number for each in nodes(expression) if isinstance(each, model.Variable | model.Binder))
    return 1 + max(numbers, default=-1)
