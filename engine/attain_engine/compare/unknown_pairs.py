"""What rests on rows that nobody gave, by name: pairs of such names, one of each side, and what is said of a pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, Place, RowsNotGiven
from attain_engine.evaluate.values import Cases, compare
from attain_engine.evaluate.variables import frame_with
from attain_engine.open.conditions import Amount, Atom, Condition, Formula, disjunction, negation
from attain_engine.open.linear import of_amount
from attain_engine.open.quantities import Linear, Quantity, Stairs
from attain_engine.open.unknowns import open_parts

Relation: TypeAlias = tuple[bool, bool]
"""Whether a value is never more, and never less, in BASE than in HEAD; of two truths, whether one is so only if the
other is."""


def frame_of(expression: model.Expression, name: RowsNotGiven | MeasureNotGiven) -> tuple[Any, ...] | None:
    """The variables that what is unknown was asked for; None where it cannot be told which."""
    values: tuple[Any, ...] = name.arguments
    if not (isinstance(name, RowsNotGiven) and isinstance(name.asked, Place)):
        return values
    return frame_with(expression, values) if isinstance(expression, model.Binding) else None


def put(frame: tuple[Any, ...], number: int, value: Any) -> tuple[Any, ...]:
    """A frame up to a variable, with its value."""
    return (*frame[:number], *[None] * (number - len(frame)), value)


def whose(part: Atom | Amount) -> Any:
    """What is unknown in an open part."""
    return part.name.of if isinstance(part.name, IsValue) else part.name


def pairs(base: list[Any], head: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each name with those of the other side that are asked for the same, or with all where there is none."""
    for one in base:
        fitting = [each for each in head if type(each) is type(one) and each.mark == one.mark]
        same = [each for each in fitting if each.arguments == one.arguments]
        yield from ((one, each) for each in same or fitting)


def unknowns(value: Any) -> tuple[list[Atom | Amount], dict[Any, None]]:
    """The open parts of a value, and the names in them of what is worked out from rows."""
    parts = list(open_parts(_roots(value)))
    return parts, {whose(each): None for each in parts if _is_of_rows(whose(each))}


def _roots(value: Any) -> Iterator[Condition | Quantity]:
    if isinstance(value, Formula | Linear | Stairs):
        yield value
    elif isinstance(value, Cases):
        for condition, each in value.alternatives:
            yield condition
            yield from _roots(each)


def _is_of_rows(name: Any) -> bool:
    """Whether something is worked out from rows by an edition, and not given straight."""
    match name:
        case RowsNotGiven(asked=Place()):
            return True
        case RowsNotGiven(asked=str() as identifier) | MeasureNotGiven(measure=identifier):
            return "@" in identifier
        case _:
            return False


def said(parts: list[Atom | Amount], base: Any, head: Any, relation: Relation) -> Iterator[Condition]:
    """A relation, said of the parts in which the two unknowns stand."""
    less, more = relation
    if not (less or more):
        return
    theirs = {
        (each.name.value if isinstance(each.name, IsValue) else None): each for each in parts if whose(each) == head
    }
    for each in parts:
        if whose(each) != base:
            continue
        of_value = each.name.value if isinstance(each.name, IsValue) else None
        other = theirs.get(of_value)
        if other is None or type(other) is not type(each) or (of_value is not None and not (less and more)):
            continue
        if isinstance(each, Amount) and isinstance(other, Amount):
            if less:
                yield compare("<=", of_amount(each), of_amount(other))
            if more:
                yield compare(">=", of_amount(each), of_amount(other))
        elif isinstance(each, Atom) and isinstance(other, Atom):
            if less:
                yield disjunction((negation(each), other))
            if more:
                yield disjunction((negation(other), each))
