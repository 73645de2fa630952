"""The identifiers that a policy itself names: they belong to what a variable over their entity runs over."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.latest import Latest
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, SetType, Type, Value
from attain_compiler.model.walk import nodes


def named_identifiers(program: model.Program) -> dict[str, tuple[str, ...]]:
    """The identifiers of each entity that the rules of a policy name, wherever it is: in conditions, parameters,
    readings, changes. What only an example or a claim names is not of the policy. Gathered once for a program."""
    return _known.get(id(program), lambda: _gathered(program), program)


_known: Latest[dict[str, tuple[str, ...]]] = Latest(8)


def _gathered(program: model.Program) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {entity: {} for entity in program.entities}
    for type_, value in _values(program):
        match type_, value:
            case EntityType(id=entity), str():
                found[entity][value] = None
            case SetType(element=EntityType(id=entity)), frozenset():
                found[entity].update(dict.fromkeys(sorted(each for each in value if isinstance(each, str))))
            case _:
                pass
    return {entity: tuple(identifiers) for entity, identifiers in found.items()}


def _values(program: model.Program) -> Iterator[tuple[Type, Value | None]]:
    for table in program.tables.values():
        for entry in table.entries:
            yield from zip(table.keys, entry.keys, strict=True)
            if not isinstance(entry.value, model.Unpublished):
                yield table.type, entry.value
    for reading in program.readings.values():
        for alternative in reading.alternatives:
            yield reading.type, alternative.value
    for record in program.records.values():
        for field in record.fields:
            yield field.type, field.default
    rules: tuple[model.Node, ...] = (
        *program.defines.values(),
        *program.exclusions.values(),
        *program.measures.values(),
        *program.scores.values(),
        *program.designations.values(),
        *program.changes.values(),
        *program.reports.values(),
        *(value for change in program.changes.values() for each in change.effects for value in _added(each)),
    )
    for rule in rules:
        for node in nodes(rule):
            if isinstance(node, model.Constant):
                yield node.type, node.value


def _added(effect: model.Effect) -> tuple[model.Expression, ...]:
    return tuple(value for _, value in effect.values) if isinstance(effect, model.Adds) else ()
