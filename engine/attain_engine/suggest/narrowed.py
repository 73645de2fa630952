"""A program whose long enums have few values: what is found for it is tried on the whole program anyway, and a row that
may be about any of a hundred things makes each question a hundred times as large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumValue
from attain_compiler.model.walk import nodes

MOST_VALUES = 6
"""An enum with more values than this is cut to so many."""


def narrowed(program: model.Program) -> model.Program:
    """The program with the first values of its long enums that rules name, or else the first and the last ones."""
    named: dict[str, dict[EnumValue, None]] = {each: {} for each in program.enums}
    for value in _named(program):
        if len(named.get(value.enum, ())) < MOST_VALUES - 2:
            named.setdefault(value.enum, {})[value] = None
    enums = {}
    for identifier, enum in program.enums.items():
        if len(enum.members) > MOST_VALUES:
            ends = (enum.members[0].constant, enum.members[-1].constant)
            kept = {*named[identifier], *ends}
            enums[identifier] = replace(enum, members=tuple(each for each in enum.members if each.constant in kept))
        else:
            enums[identifier] = enum
    return replace(program, enums=enums)


def _named(program: model.Program) -> Iterator[EnumValue]:
    """The values that rules name; of a set of several the first two."""
    declared = (
        *program.defines.values(),
        *program.measures.values(),
        *program.exclusions.values(),
        *program.scores.values(),
        *program.designations.values(),
    )
    for each in declared:
        for node in nodes(each):
            match node:
                case model.Constant(value=EnumValue() as value):
                    yield value
                case model.Constant(value=frozenset() as values):
                    found = sorted((one for one in values if isinstance(one, EnumValue)), key=lambda one: one.name)
                    yield from islice(found, 2)
                case _:
                    pass
    for table in program.tables.values():
        for entry in islice(table.entries, 2):
            yield from (key for key in entry.keys if isinstance(key, EnumValue))
        for entry in table.entries:
            if isinstance(entry.value, frozenset):
                found = sorted((one for one in entry.value if isinstance(one, EnumValue)), key=lambda one: one.name)
                yield from islice(found, 1)
