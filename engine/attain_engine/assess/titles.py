"""The title of a requirement or a part with the values of its rule in it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.declarations.notes import filled
from attain_compiler.model.types import Quantity
from attain_engine import show
from attain_engine.evaluate import Evaluator


def title_for(
    evaluator: Evaluator, declared: model.Requirement | model.Part | model.Gate, arguments: Sequence[Any]
) -> str:
    """The title for these arguments: "At least {points_needed} points" becomes "At least 70 points"."""
    if not declared.puts:
        return declared.title
    return filled(declared.title, {written: _shown(evaluator, each, arguments) for written, each in declared.puts})


def _shown(evaluator: Evaluator, value: model.Expression, arguments: Sequence[Any]) -> str:
    """A value as a text says it: the unit of counts and points stands in the text itself."""
    found = evaluator.found(value, arguments)
    number = isinstance(found, int | Fraction) and not isinstance(found, bool)
    if number and isinstance(value.type, Quantity) and value.type.kind in ("count", "number", "points"):
        return show.number(found)
    return show.value(found, value.type, evaluator.program)


def waits_for(evaluator: Evaluator, part: model.Part, arguments: Sequence[Any]) -> str:
    """The title of the first gate of a part that does not hold, or of which that is not known; else nothing."""
    for gate in part.gates:
        if evaluator.found(gate.condition, arguments) is not True:
            return title_for(evaluator, gate, arguments)
    return ""
