"""Larger organisations: copies of the rows that make a difference, or that count, as many as a threshold asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any, Final

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, Simple
from attain_compiler.model.walk import nodes
from attain_engine.compare.asking import Asking
from attain_engine.compare.items import Contrast, Item
from attain_engine.compare.opening import Opening, Settling
from attain_engine.compare.patience import REFUSED
from attain_engine.compare.sides import SIDES, Side, plain
from attain_engine.compare.witness import Difference, Found, witness
from attain_engine.evaluate.missing import MissingField, OnUnknownDate
from attain_engine.evaluate.values import compare
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open.conditions import Condition, Formula, conjunction
from attain_engine.open.quantities import Linear, Stairs, add, at_least
from attain_engine.open.unknowns import open_parts

ROWS = (1, 2)
"""So many rows of each record are opened, one after the other."""

MOST_COPIES = 60
"""Of a row that counts, so many copies are made at the most."""

MOST_TRIALS = 24
"""So many organisations are put together from such rows for one question."""

Tables = Mapping[str, tuple[Row, ...]]
Group = frozenset[str]

NO_ROWS: Final[Tables] = {}
"""Nothing but the one row of each single record."""


def by_rows(
    asking: Asking,
    contrast: Contrast,
    groups: list[Group],
    records_of: Callable[[Group], frozenset[str]],
) -> Found | None:
    """A witness with rows, from which the measures of one of the groups are worked out, while all others are given."""
    trials = MOST_TRIALS
    for group, tables in _candidates(asking, contrast, groups, records_of):
        trials -= 1
        if trials < 0:
            return None
        found = tried(asking, contrast, group, tables)
        if found is not None:
            return found
    return None


def _candidates(
    asking: Asking,
    contrast: Contrast,
    groups: list[Group],
    records_of: Callable[[Group], frozenset[str]],
) -> Iterator[tuple[Group, Tables]]:
    """Rows to try: those that the editions count otherwise, those on which the item itself seems to differ, and copies
    of both, alone and beside copies of rows that count in both."""
    differing: dict[tuple[Group, Any], Tables] = {}
    for size in ROWS:
        for group in groups:
            records = records_of(group)
            if records:
                opening = asking.opening(records, size)
                for condition in _apart(asking, contrast, group, opening):
                    tables = _rows(asking, records, opening, condition)
                    if tables is not None and (group, _content(tables)) not in differing:
                        differing[group, _content(tables)] = tables
                        yield group, tables
        if differing:
            break
    counts = _counts(asking)
    for count in counts[1:]:
        for (group, _), tables in differing.items():
            yield group, _together(asking, [(tables, count)])
    everything = groups[-1]
    records = records_of(everything)
    if records:
        opening = asking.opening(records, 1)
        counting = [_rows(asking, records, opening, each) for each in _counted(asking, contrast.item, opening)]
        for tables in counting:
            for count in counts if tables is not None else ():
                assert tables is not None
                yield everything, _together(asking, [(tables, count)])
                for (group, _), other in differing.items():
                    yield group, _together(asking, [(tables, count), (other, 1)])


def _content(tables: Tables) -> object:
    return tuple((name, tuple(tuple(row.values.values()) for row in rows)) for name, rows in tables.items())


def _rows(asking: Asking, records: frozenset[str], opening: Opening, condition: Condition) -> Tables | None:
    """Rows on which a condition holds, as far as it can be told; worked out once for all items."""
    key = (id(opening), condition)
    if key not in asking.rows:
        asking.rows[key] = _settled(asking, records, opening, condition)
    return asking.rows[key]


def _settled(asking: Asking, records: frozenset[str], opening: Opening, condition: Condition) -> Tables | None:
    try:
        found = asking.completed(conjunction((opening.lawful, condition)), opening)
    except REFUSED:
        return None
    if found is None:
        return None
    rows = Settling(asking.sides, found).rows(opening)
    return {name: each for name, each in rows.items() if name in records} or None


def tried(
    asking: Asking,
    contrast: Contrast,
    group: Group,
    tables: Tables,
    given: Mapping[Any, Any] | None = None,
) -> Found | None:
    """A witness with these rows, from which the measures of a group are worked out, while all others are given; with
    `given` values of definitions as well."""
    try:
        differs = partial(asking.difference, contrast, computed=group)
        for difference, opening in _dated(asking, differs, tables, given or None):
            found = asking.completed(difference, opening)
            if found is not None:
                made = witness(asking.sides, contrast, asking.on, Difference(difference, opening), found)
                if made is not None:
                    return made
    except REFUSED:
        pass
    return None


def _dated(
    asking: Asking, differs: Callable[[Opening], Condition], tables: Tables, given: Mapping[Any, Any] | None
) -> Iterator[tuple[Condition, Opening]]:
    """The difference on these rows. Where something is asked as of a date that is open, its value is not worked out:
    then the differences with that date on some days."""
    opening = asking.with_rows(tables, given)
    difference = differs(opening)
    asked = {each.name.date for each in open_parts((difference,)) if isinstance(each.name, OnUnknownDate)}
    fields = {(each.row.record, each.field) for each in asked if isinstance(each, MissingField)}
    if not fields:
        yield difference, opening
        return
    for day in asking.days():
        opening = asking.with_rows(tables, given, frozenset((each, day) for each in fields))
        yield differs(opening), opening


def _apart(asking: Asking, contrast: Contrast, group: Group, opening: Opening) -> Iterator[Condition]:
    """Conditions on opened rows: that a measure of the group, or a definition, differs; without measures, that the
    item does."""
    small = contrast.item.kind not in ("designation", "tier")
    if small or not group:  # all that a designation rests on, open, is more than can be worked out together
        with suppress(*REFUSED):
            yield asking.difference(contrast, opening, computed=group)
    reached = asking.sides.editions.reached({contrast.item.owner}) & asking.sides.affected
    kinds = asking.sides.editions.head.kinds
    below = {each for name in group for each in asking.sides.editions.reached({name}) - {name}}
    defines = {each for each in reached if kinds.get(each) == "defines"}
    for name in sorted(group - below or group or defines):
        for arguments in arguments_of(asking, name):
            base, head = (_value(asking, side, name, arguments, group, opening) for side in SIDES)
            if base is not None and head is not None:
                yield from _unequal(base, head, _counts(asking))


def _unequal(base: Any, head: Any, counts: list[int]) -> Iterator[Condition]:
    """That one is more than the other, by much if that can be."""
    try:
        if isinstance(base, Linear | Stairs | int | Fraction) and not isinstance(base, bool):
            for more, less in ((base, head), (head, base)):
                yield compare(">=", more, add(less, counts[-1]))
                yield compare(">", more, less)
        else:
            yield compare("!=", base, head)
    except (TypeError, *REFUSED):
        return


def _value(asking: Asking, side: Side, name: str, arguments: tuple[Any, ...], group: Group, opening: Opening) -> Any:
    """The value of an affected measure or definition on opened rows; None where there is none."""
    evaluator = asking.evaluator(side, opening, group)
    try:
        if f"{name}@{side}" in evaluator.program.measures:
            return evaluator.measure(f"{name}@{side}", arguments)
        define = evaluator.program.defines.get(f"{name}@{side}")
        return None if define is None else evaluator.found(define.body, arguments)
    except REFUSED:
        return None


def _counted(asking: Asking, item: Item, opening: Opening) -> list[Condition]:
    """Conditions on a row of each record: that an affected measure, or an aggregate in a rule, counts it."""
    found: list[Condition] = []
    for name in sorted(asking.sides.editions.reached({item.owner}) & asking.sides.affected):
        for side in SIDES:
            for arguments in arguments_of(asking, name):
                found += _counts_something(_value(asking, side, name, arguments, asking.sides.measures, opening))
            found += _aggregates(asking, asking.evaluator(side, opening, asking.sides.measures), name)
    return list(dict.fromkeys(found))[:MOST_TRIALS]


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
                    choices = arguments_of(asking, name) if free else [()]
                    for arguments in choices:
                        if all(number < len(arguments) for number in free):
                            try:
                                yield from _counts_something(evaluator.found(node, arguments))
                            except REFUSED:
                                continue


def _counts_something(found: Any) -> Iterator[Condition]:
    if isinstance(found, Linear | Stairs):
        yield at_least(found, 1)
    elif isinstance(found, Formula):
        yield found


def arguments_of(asking: Asking, name: str) -> list[tuple[Any, ...]]:
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
    if not asking.counts:
        asking.counts = _suggested(asking)
    return asking.counts


def _suggested(asking: Asking) -> list[int]:
    found = {1, 2, 5, 10}
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
    """Copies of groups of rows, put together once for all items."""
    key = tuple((id(tables), count) for tables, count in groups)  # the groups are kept in `asking.rows`
    if key not in asking.copies:
        asking.copies[key] = _copied(asking, groups)
    return asking.copies[key]


def _copied(asking: Asking, groups: list[tuple[Tables, int]]) -> Tables:
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
