"""Whether a value is known: on decisions it may rest, and on what is known but left open while plans are looked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes
from attain_engine.evaluate.missing import FieldIsGiven, IsValue, LeftOpen
from attain_engine.evaluate.problems import CannotStayOpen
from attain_engine.evaluate.values import Cases, Found, Unknown
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition, Derived, Formula, conjunction, disjunction, negation, unknown
from attain_engine.open.quantities import Linear, Stairs, unknown_amounts
from attain_engine.open.unknowns import has_decisions, open_parts, rests_on_unknowns


def asks_what_is_known(roots: Iterable[model.Node]) -> bool:
    """Whether a rule asks if something is known that is no field: where what facts would say is open, that cannot be
    told."""
    return any(
        (isinstance(each, model.IsKnown) and not isinstance(each.operand, model.FieldOf))
        or (isinstance(each, model.StatusIs) and each.word == "undetermined")
        for root in roots
        for each in nodes(root)
    )


def fields_given(record: model.Record, row: Row) -> dict[tuple[Row, str], Condition]:
    """On which condition each field of a row is given that has none: whether one that may be missing is, is open."""
    return {
        (row, each.name): unknown(FieldIsGiven(row, each.name)) if each.optional else True for each in record.fields
    }


def value_is_known(value: Found, place: model.Typed) -> Condition:
    """On which decisions a value rests on no unknown; it is that of the expression at a place. Raises CannotStayOpen
    where that depends on them in a way that is not followed."""
    if isinstance(value, Cases):
        return conjunction(
            conjunction((_is_told(condition, place), disjunction((negation(condition), value_is_known(each, place)))))
            for condition, each in value.alternatives
        )
    return _of_name(value.name) if isinstance(value, Unknown) else _is_told(value, place)


def _is_told(value: Any, place: model.Typed) -> Condition:
    if not rests_on_unknowns(value):
        return True
    told = conjunction(_of_name(each.name) for each in open_parts((value,)) if each.kind == "unknown")
    if told is False and has_decisions(value) and not (isinstance(value, Linear) and unknown_amounts(value)):
        raise CannotStayOpen("whether this is known is not settled while changes may be made", place)
    return told


def _of_name(name: Any) -> Condition:
    """Whether what has this name is known. What depends on something that was left open may be, whatever it is."""
    match name:
        case LeftOpen(is_known=True) | IsValue(of=LeftOpen(is_known=True)):
            return True
        case _:
            return unknown(("is known", name)) if is_left_open(name) else False


def is_left_open(name: Any) -> bool:
    """Whether what has this name is left open while plans are looked for, or is worked out from something that is."""
    if isinstance(name, LeftOpen):
        return True
    if isinstance(name, tuple | frozenset):
        return any(map(is_left_open, name))
    if isinstance(name, Formula | Linear | Stairs):
        return any(is_left_open(each.name) for each in open_parts((name,)))
    if isinstance(name, Derived):
        return is_left_open(name.key)
    if isinstance(name, Row) or not dataclasses.is_dataclass(name):
        return False
    return any(is_left_open(getattr(name, each.name)) for each in dataclasses.fields(name))
