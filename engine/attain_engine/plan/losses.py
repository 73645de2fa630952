"""The facts without one person, customer or other identifier: what a plan must survive that is asked to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, SetType, Type
from attain_engine.evaluate import Evaluator, World
from attain_engine.evaluate.values import Cases, compare
from attain_engine.evaluate.world import identifiers_in
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation, unknown
from attain_engine.plan.problem import PlanProblem

MOST_LOSSES = 300
"""So many identifiers are taken away in turn at the most."""


def losses(evaluator: Evaluator, readings: Mapping[str, str], names: Collection[str]) -> Iterator[Evaluator]:
    """For each identifier of these entities that the rows name, planned ones included: an evaluator of the same day in
    the world without the rows that name it. Values of measures that were given straight stay. Raises PlanProblem."""
    program = evaluator.program
    entities = {each.name: each for each in program.entities.values()}
    for name in sorted(names):
        if name not in entities:
            known = ", ".join(f"`{each}`" for each in sorted(entities))
            raise PlanProblem(f"there is no entity `{name}`", f"there is {known}" if known else "the policy has none")
        entity = entities[name].id
        lost = [each for each, _ in evaluator.world.identifiers.get(entity, ())]
        if len(lost) > MOST_LOSSES:
            raise PlanProblem(
                f"there are {len(lost):,} of `{name}`, more than the {MOST_LOSSES} whose loss can be looked at",
                "ask it of fewer facts",
            )
        for each in lost:
            world = _without(program, evaluator.world, entity, each)
            yield Evaluator(program, world, evaluator.date, readings)


def _without(program: model.Program, world: World, entity: str, lost: str) -> World:
    tables: dict[str, Sequence[tuple[Row, Condition]]] = {}
    for record, rows in world.tables.items():
        fields = [each.name for each in program.records[record].fields if _of(each.type, entity)]
        tables[record] = rows if not fields else list(_kept(rows, fields, lost))
    return replace(world, tables=tables, identifiers=identifiers_in(program, tables, world.values))


def _kept(rows: Sequence[tuple[Row, Condition]], fields: Sequence[str], lost: str) -> Iterator[tuple[Row, Condition]]:
    for row, present in rows:
        named = disjunction(_names(row.values[field], lost) for field in fields)
        there = conjunction((present, negation(named)))
        if there is not False:
            yield row, there


def _of(type_: Type, entity: str) -> bool:
    """Whether values of a type are identifiers of an entity, or sets of them."""
    inner = type_.element if isinstance(type_, SetType) else type_
    return isinstance(inner, EntityType) and inner.id == entity


def _names(value: Any, lost: str) -> Condition:
    """Whether the value of a field is, or holds, what is lost; unknown where the value is."""
    if value is UNKNOWN:
        return unknown(("named by a row", lost))
    if isinstance(value, Cases):
        return disjunction(conjunction((this, _names(each, lost))) for this, each in value.alternatives)
    if isinstance(value, frozenset):
        return disjunction(_names(each, lost) for each in value)
    return compare("==", value, lost)
