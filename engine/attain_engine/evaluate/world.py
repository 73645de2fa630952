"""The rows that an evaluation sees: those of the facts and, in a plan, those that changes may add, remove or alter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from attain_compiler.model.program import Program
from attain_compiler.model.types import EntityType, SetType, Value
from attain_engine.evaluate.values import Cases
from attain_engine.facts.model import Facts, Row
from attain_engine.open.conditions import Condition, conjunction, disjunction


@dataclass(frozen=True, slots=True)
class World:
    """What there is to evaluate.

    `tables` holds, by record id, each row with the condition on which it is there; the rows' values may be unsettled. A
    record that is missing was not given. `values` are measures and defines fixed for their arguments; `raised` is what
    changes add to a measure for its arguments. `identifiers` are the known identifiers of each entity, each with the
    condition on which it is one. `known` says on which condition a field that was missing is known.
    """

    tables: Mapping[str, Sequence[tuple[Row, Condition]]]
    values: Mapping[tuple[str, tuple[Any, ...]], Value]
    identifiers: Mapping[str, Sequence[tuple[str, Condition]]]
    raised: Mapping[tuple[str, tuple[Any, ...]], Any] = field(default_factory=dict)
    known: Mapping[tuple[Row, str], Condition] = field(default_factory=dict)


def world_of(program: Program, facts: Facts) -> World:
    """The world in which the facts are all there is."""
    tables: dict[str, Sequence[tuple[Row, Condition]]] = {
        record: [(row, True) for row in rows] for record, rows in facts.tables.items()
    }
    if facts.closed:
        for record in program.records:
            tables.setdefault(record, [])
    return World(tables, facts.values, identifiers_in(program, tables, facts.values), facts.raised)


def identifiers_in(
    program: Program,
    tables: Mapping[str, Sequence[tuple[Row, Condition]]],
    values: Mapping[tuple[str, tuple[Any, ...]], Value],
) -> dict[str, list[tuple[str, Condition]]]:
    """The identifiers of each entity that occur in the rows or among the arguments of given values, in order of
    appearance, each with the condition on which it does: what only a change would bring is there if it is made."""
    found: dict[str, dict[str, list[Condition]]] = {entity: {} for entity in program.entities}
    for record, rows in tables.items():
        columns = [
            (each.name, found[named.id])
            for each in program.records[record].fields
            if isinstance(named := each.type.element if isinstance(each.type, SetType) else each.type, EntityType)
        ]
        for row, present in rows:
            for name, known in columns:
                value: Any = row.values[name]
                if isinstance(value, str):
                    known.setdefault(value, []).append(present)
                elif isinstance(value, frozenset):
                    for each in sorted(each for each in value if isinstance(each, str)):
                        known.setdefault(each, []).append(present)
                elif isinstance(value, Cases):
                    for this, each in value.alternatives:
                        if isinstance(each, str):
                            known.setdefault(each, []).append(conjunction((present, this)))
    for identifier, arguments in values:
        declared = program.measures.get(identifier) or program.defines.get(identifier)
        if declared is not None:
            for formal, argument in zip(declared.parameters, arguments, strict=True):
                if isinstance(formal.type, EntityType):
                    found[formal.type.id].setdefault(argument, []).append(True)
    return {
        entity: [
            (identifier, True if True in present else disjunction(present)) for identifier, present in known.items()
        ]
        for entity, known in found.items()
    }
