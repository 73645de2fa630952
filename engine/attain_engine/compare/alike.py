"""Definitions that rest on what differs, and yet say the same of every row: what rests on them is the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, RecordType
from attain_compiler.model.walk import nodes
from attain_engine.compare.asking import Asking
from attain_engine.compare.editions import Editions, mentioned
from attain_engine.compare.locality import looks_only_at_its_row
from attain_engine.compare.opening import Opening
from attain_engine.compare.patience import PATIENCE, REFUSED
from attain_engine.compare.sides import SIDES
from attain_engine.evaluate.values import compare
from attain_engine.open.conditions import conjunction
from attain_engine.solve.certain import completion

MOST_CASES = 40
"""A definition is asked for so many combinations of its arguments at the most."""


def alike(asking: Asking) -> frozenset[str]:
    """The definitions that are affected, look at nothing but the row that they are given, and are proved to be the same
    in both editions for any row, on the day that is asked about."""
    elsewhen = _asked_on_other_dates(asking.sides.editions)
    names = sorted(asking.sides.affected - elsewhen)
    return frozenset(name for name in names if _is_alike(asking, name))


def _asked_on_other_dates(editions: Editions) -> set[str]:
    """What may be asked for on another date than that of the assessment."""
    roots = {
        name
        for edition in editions.both
        for each in edition.bare.values()
        for node in nodes(each)
        if isinstance(node, model.AsOf)
        for name in mentioned(node)
    }
    return editions.reached(roots)


def _is_alike(asking: Asking, name: str) -> bool:
    programs = asking.sides.programs
    both = [programs[side].defines.get(f"{name}@{side}") for side in SIDES]
    base, head = both
    if base is None or head is None or base.type != head.type or base.parameters != head.parameters:
        return False
    if not all(
        looks_only_at_its_row(programs[side], each.body) for side, each in zip(SIDES, (base, head), strict=True)
    ):
        return False
    records = {each.type.id for each in base.parameters if isinstance(each.type, RecordType)}
    if not records or any(not isinstance(each.type, RecordType | EnumType) for each in base.parameters):
        return False
    opening = asking.opening(frozenset(records), 1)
    try:
        cases = _arguments(asking, base.parameters, opening)
        return bool(cases) and not any(_may_differ(asking, name, each, opening) for each in cases)
    except REFUSED:
        return False


def _arguments(asking: Asking, parameters: Any, opening: Opening) -> list[tuple[Any, ...]]:
    """Every combination of the values of enums, with the one row of each record; none where there are too many."""
    columns: list[list[Any]] = []
    for each in parameters:
        if isinstance(each.type, RecordType):
            columns.append([row for row, _ in opening.tables[each.type.id]])
        else:
            enums = [asking.sides.programs[side].enums.get(each.type.id) for side in SIDES]
            values = [{member.constant for member in enum.members} for enum in enums if enum is not None]
            if len(values) < len(SIDES) or values[0] != values[1]:
                return []
            columns.append(sorted(values[0], key=lambda value: value.name))
    found = list(product(*columns))
    return found if len(found) <= MOST_CASES else []


def _may_differ(asking: Asking, name: str, arguments: tuple[Any, ...], opening: Opening) -> bool:
    base, head = (
        evaluator.found(evaluator.program.defines[f"{name}@{side}"].body, arguments)
        for side, evaluator in _evaluators(asking, opening)
    )
    differs = conjunction((opening.lawful, compare("!=", base, head)))
    return completion(differs, patience=PATIENCE) is not None


def _evaluators(asking: Asking, opening: Opening) -> Iterator[tuple[Any, Any]]:
    for side in SIDES:
        yield side, asking.evaluator(side, opening, frozenset())
