"""Larger organisations: copies of the rows that make a difference, or that count, as many as a threshold asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, Simple, Type
from attain_compiler.model.walk import nodes
from attain_engine.compare.asking import Asking
from attain_engine.compare.items import Item
from attain_engine.compare.models import Direction, Witness
from attain_engine.compare.opening import Opening, Settling
from attain_engine.compare.sides import SIDES, plain
from attain_engine.compare.witness import REFUSALS, Difference, witness
from attain_engine.evaluate.values import compare
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Condition, Formula, conjunction
from attain_engine.open.quantities import Linear, Stairs, at_least
from attain_engine.solve.certain import completion

MOST_COPIES = 60
"""Of a row that counts, so many copies are made at the most."""

MOST_TEMPLATES = 12
"""So many groups of rows are copied."""

Tables = Mapping[str, tuple[Row, ...]]


def copied(asking: Asking, item: Item, type_: Type, direction: Direction, records: frozenset[str]) -> Iterator[Witness]:
    """Witnesses among copies of rows."""
    if not records:
        return
    templates = list(_templates(asking, item, records))[:MOST_TEMPLATES]
    counts = _counts(asking)
    for template in templates:
        for count in counts:
            found = _tried(asking, item, type_, direction, _together(asking, [(template, count)]))
            if found is not None:
                yield found
    for one, other in product(templates, templates):
        for count in counts if one is not other else ():
            found = _tried(asking, item, type_, direction, _together(asking, [(one, count), (other, 1)]))
            if found is not None:
                yield found


def _tried(asking: Asking, item: Item, type_: Type, direction: Direction, tables: Tables) -> Witness | None:
    nothing = asking.opening(frozenset(), 0)
    rows = {name: [(row, True) for row in each] for name, each in tables.items()}
    opening = Opening({**nothing.tables, **rows}, nothing.known, nothing.lawful)
    try:
        difference = asking.difference(item, type_, direction, opening, computed=True)
        found = completion(difference)
        if found is None:
            return None
        return witness(asking.sides, item, asking.on, direction, Difference(difference, opening), found)
    except REFUSALS:
        return None


def _templates(asking: Asking, item: Item, records: frozenset[str]) -> Iterator[Tables]:
    """Groups of rows that something affected tells apart, or that it counts."""
    opening = asking.opening(records, 1)
    for condition in _interesting(asking, item, opening):
        try:
            found = completion(conjunction((opening.lawful, condition)))
        except REFUSALS:
            continue
        if found is not None:
            settling = Settling(asking.sides, found)
            rows = settling.rows(opening)
            yield {name: each for name, each in rows.items() if name in records and each}


def _interesting(asking: Asking, item: Item, opening: Opening) -> Iterator[Condition]:
    """Conditions on a row of each record: that a measure or an aggregate differs, or is more than nothing."""
    evaluators = [
        asking.sides.evaluator(side, asking.on, opening.tables, computed=True, known=opening.known) for side in SIDES
    ]
    counting: list[Condition] = []
    reached = asking.sides.editions.reached({item.owner})
    for name in sorted(reached & asking.sides.affected):
        for arguments in _arguments(asking, name):
            found: list[Any] = []
            for evaluator, side in zip(evaluators, SIDES, strict=True):
                try:
                    if f"{name}@{side}" in evaluator.program.measures:
                        found.append(evaluator.measure(f"{name}@{side}", arguments))
                    elif f"{name}@{side}" in evaluator.program.defines:
                        define = evaluator.program.defines[f"{name}@{side}"]
                        found.append(evaluator.found(define.body, arguments))
                except REFUSALS:
                    continue
            if len(found) == 2:
                try:
                    yield compare("!=", found[0], found[1])
                except (TypeError, *REFUSALS):
                    continue
            counting += (each for one in found for each in _counts_something(one))
        for evaluator in evaluators:
            counting += _aggregates(asking, evaluator, name)
    yield from dict.fromkeys(counting)


def _aggregates(asking: Asking, evaluator: Any, name: str) -> Iterator[Condition]:
    """That an aggregate which stands in a declaration counts something."""
    for kind in ("designations", "scores", "reports", "defines", "measures"):
        for declared in getattr(evaluator.program, kind).values():
            if plain(declared.id) != name:
                continue
            for node in nodes(declared):
                if isinstance(node, model.Aggregate) and node.binder.domain is None:
                    inner = {each.number for each in nodes(node) if isinstance(each, model.Binder)}
                    free = {each.number for each in nodes(node) if isinstance(each, model.Variable)} - inner
                    choices = _arguments(asking, name) if free else [()]
                    for arguments in choices:
                        if all(number < len(arguments) for number in free):
                            try:
                                yield from _counts_something(evaluator.found(node, arguments))
                            except REFUSALS:
                                continue


def _counts_something(found: Any) -> Iterator[Condition]:
    if isinstance(found, Linear | Stairs):
        yield at_least(found, 1)
    elif isinstance(found, Formula):
        yield found


def _arguments(asking: Asking, name: str) -> list[tuple[Any, ...]]:
    """The arguments that a declaration is tried with: every value of enums; none where it has others."""
    bare = asking.sides.editions.base.bare.get(name) or asking.sides.editions.head.bare.get(name)
    formals = getattr(bare, "parameters", ())
    if isinstance(bare, model.Designation) and bare.tracks is not None:
        formals = (bare.tracks.binder,)
    columns: list[list[Any]] = []
    for each in formals:
        enums = asking.sides.programs["head"].enums
        if not isinstance(each.type, EnumType) or each.type.id not in enums:
            return []
        columns.append([member.constant for member in enums[each.type.id].members])
    return list(product(*columns))


def _counts(asking: Asking) -> list[int]:
    """How many copies are made: what the numbers of what is affected suggest."""
    found = {1, 2, 3, 4, 5, 10}
    for edition in (asking.sides.editions.base, asking.sides.editions.head):
        for name in asking.sides.affected:
            bare = edition.bare.get(name)
            values = (
                [each.value for each in bare.entries]
                if isinstance(bare, model.Table)
                else [each.value for each in nodes(bare) if isinstance(each, model.Constant)]
                if isinstance(bare, model.Node)
                else []
            )
            for value in values:
                if isinstance(value, int | Fraction) and not isinstance(value, bool) and value.denominator == 1:
                    found |= {int(value) - 1, int(value), int(value) + 1}
    return sorted(each for each in found if 1 <= each <= MOST_COPIES)


def _together(asking: Asking, groups: list[tuple[Tables, int]]) -> Tables:
    """Copies of groups of rows: whatever is named in one copy is named nowhere else."""
    tables: dict[str, list[Row]] = {}
    for group_number, (group, count) in enumerate(groups, 1):
        for copy in range(1, count + 1):
            mark = f" {group_number}.{copy}" if len(groups) > 1 else f" {copy}"
            for name, rows in group.items():
                records = (each.records.get(name) for each in asking.sides.programs.values())
                naming = {
                    field.name
                    for record in records
                    if record is not None
                    for field in record.fields
                    if isinstance(field.type, EntityType) or field.type == Simple("text")
                }
                for row in rows:
                    values = {
                        field: f"{value}{mark}" if field in naming and value is not UNKNOWN else value
                        for field, value in row.values.items()
                    }
                    tables.setdefault(name, []).append(Row(name, values))
    return {name: tuple(rows) for name, rows in tables.items()}
