"""Titles with values in them: of a requirement or a part those of its rule, of a report what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.declarations.notes import filled
from attain_compiler.model.types import EnumType, Quantity, Type
from attain_compiler.model.units import is_year
from attain_compiler.syntax.placeholders import PLACEHOLDER
from attain_engine import show
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.values import OPEN


def title_for(
    evaluator: Evaluator, declared: model.Requirement | model.Part | model.Gate, arguments: Sequence[Any]
) -> str:
    """The title for these arguments: "At least {points_needed} points" becomes "At least 70 points"."""
    if not declared.puts:
        return declared.title
    return filled(declared.title, {written: as_said(evaluator, each, arguments) for written, each in declared.puts})


def with_titles(evaluator: Evaluator, part: model.Part, arguments: Sequence[Any], text: str) -> str:
    """The words of a part, in which the titles of its gates have their values."""
    for gate in part.gates:
        if gate.puts:
            text = text.replace(f'"{gate.title}"', f'"{title_for(evaluator, gate, arguments)}"')
    return text


def as_said(evaluator: Evaluator, value: model.Expression, arguments: Sequence[Any]) -> str:
    """A value as a text says it: the unit of counts and points stands in the text itself."""
    found = evaluator.found(value, arguments)
    number = isinstance(found, int | Fraction) and not isinstance(found, bool) and not is_year(value.type)
    if number and isinstance(value.type, Quantity) and value.type.kind in ("count", "number", "points"):
        return show.number(found)
    return show.value(found, value.type, evaluator.program)


def title_of_one(program: model.Program, declared: model.Define | model.Report, arguments: Sequence[Any]) -> str:
    """The title of a report, of which there is one for each of something, with these: "Fee for {s}" becomes "Fee for
    linz"."""
    return filled(declared.title, _names(program, declared, arguments))


def title_apart(program: model.Program, declared: model.Define | model.Report, arguments: Sequence[Any]) -> str:
    """The same, and where the title does not say for what it is, that stands after it: "Fee: linz"."""
    if not arguments or PLACEHOLDER.search(declared.title):
        return title_of_one(program, declared, arguments)
    return f"{declared.title}: {', '.join(_names(program, declared, arguments).values())}"


def _names(program: model.Program, declared: model.Define | model.Report, arguments: Sequence[Any]) -> dict[str, str]:
    return {
        formal.name: _name(program, formal.type, value)
        for formal, value in zip(declared.parameters, arguments, strict=True)
    }


def _name(program: model.Program, type_: Type, value: Any) -> str:
    if isinstance(type_, EnumType):
        return next((each.title for each in program.enums[type_.id].members if each.constant == value), str(value))
    return f"another {type_}" if isinstance(value, OPEN) else show.value(value, type_)


def waits_for(evaluator: Evaluator, part: model.Part, arguments: Sequence[Any]) -> str:
    """The title of the first gate of a part that does not hold, or of which that is not known; else nothing."""
    for gate in part.gates:
        if evaluator.found(gate.condition, arguments) is not True:
            return title_for(evaluator, gate, arguments)
    return ""
