"""A program whose long enums have few values: what is found for it is tried on the whole program anyway, and a row that
may be about any of a hundred things makes each question a hundred times as large."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, EnumValue
from attain_compiler.model.walk import nodes
from attain_engine.check.judged_on import FIRST_DATE

MOST_VALUES = 6
"""An enum with more values than this is cut to so many."""


def narrowed(program: model.Program) -> model.Program:
    """The program with the first values of its long enums that rules name, or else the first and the last ones, and
    with those that a parameter has to do with each other."""
    named: dict[str, dict[EnumValue, None]] = {each: {} for each in program.enums}
    for value in _named(program):
        if len(named.get(value.enum, ())) < MOST_VALUES - 2:
            named.setdefault(value.enum, {})[value] = None
    soon, linked = soonest(program), set(_linked(program))
    enums = {}
    for identifier, enum in program.enums.items():
        if len(enum.members) > MOST_VALUES:
            ends = (enum.members[0].constant, enum.members[-1].constant)
            kept = {*named[identifier], *ends, soon.get(identifier), *linked}
            enums[identifier] = replace(enum, members=tuple(each for each in enum.members if each.constant in kept))
        else:
            enums[identifier] = enum
    return replace(program, enums=enums)


def soonest(program: model.Program) -> Mapping[str, EnumValue]:
    """By the id of an enum the value of which a parameter says a day that comes before what it says of the others, from
    the first day of the policy on: what is decided by this day can be decided while the policy is in force."""
    on = program.policies[program.main].force_from or FIRST_DATE
    found: dict[str, tuple[datetime.date, EnumValue]] = {}
    for table in program.tables.values():
        for entry in table.entries:
            if isinstance(entry.value, datetime.date) and on <= entry.value < NEVER:
                for key in entry.keys:
                    if isinstance(key, EnumValue) and (key.enum not in found or entry.value < found[key.enum][0]):
                        found[key.enum] = entry.value, key
    return {enum: value for enum, (_, value) in found.items()}


def _named(program: model.Program) -> Iterator[EnumValue]:
    """The values that rules name, those of the policy itself first; of a set of several the first two."""
    declared = (
        *program.defines.values(),
        *program.measures.values(),
        *program.exclusions.values(),
        *program.scores.values(),
        *program.designations.values(),
    )
    for own in (True, False):
        for each in declared:
            if (each.id.partition(".")[0] == program.main) is own:
                yield from _named_by_rule(each)
        for table in program.tables.values():
            if (table.id.partition(".")[0] == program.main) is own:
                yield from _named_by_table(table)


def _named_by_rule(declared: model.Declared) -> Iterator[EnumValue]:
    for node in nodes(declared):
        match node:
            case model.Constant(value=EnumValue() as value):
                yield value
            case model.Constant(value=frozenset() as values):
                yield from islice(_in_order(values), 2)
            case _:
                pass


def _linked(program: model.Program) -> Iterator[EnumValue]:
    """Of each parameter that says a value of an enum, or a set of them, for another of the same enum: one such pair."""
    for table in program.tables.values():
        pairs = (
            (key, other)
            for entry in table.entries
            for key in entry.keys
            for other in (_in_order(entry.value) if isinstance(entry.value, frozenset) else [entry.value])
            if isinstance(key, EnumValue) and isinstance(other, EnumValue) and key.enum == other.enum and key != other
        )
        yield from next(pairs, ())


def _named_by_table(table: model.Table) -> Iterator[EnumValue]:
    for entry in islice(table.entries, 2):
        yield from (key for key in entry.keys if isinstance(key, EnumValue))
    for entry in table.entries:
        if isinstance(entry.value, frozenset):
            yield from islice(_in_order(entry.value), 1)


def _in_order(values: frozenset[Any]) -> list[EnumValue]:
    return sorted((each for each in values if isinstance(each, EnumValue)), key=lambda each: each.name)
