"""What an example can ask of a parameter: what each of its entries says, at both ends of each band."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import product
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, Band, EnumValue, Quantity, SetType, Simple, Type
from attain_engine.facts.as_example import written
from attain_engine.suggest.questions import Question

MOST_MEMBERS = 20
"""So many members of a set are asked for."""


def entries_of(program: model.Program, table: model.Table) -> Iterator[tuple[model.Entry, tuple[Question, ...]]]:
    """The entries that say something, and what asks for it."""
    for entry in table.entries:
        if not isinstance(entry.value, model.Unpublished):
            columns = [_keys(program, key, type_) for key, type_ in zip(entry.keys, table.keys, strict=True)]
            asked = [each for keys in product(*columns) for each in _questions(program, table, entry, keys)]
            if asked:
                yield entry, tuple(asked)


def of_table(program: model.Program, table: model.Table) -> Question:
    """A parameter as a whole."""
    asked = model.Lookup(table.id, (), type=table.type, span=table.span)
    return Question(table.id, asked, asked, (), program.called(table))


def turns(table: model.Table, on: datetime.date, last: datetime.date | None) -> list[datetime.date]:
    """The days on which entries come into force or end, and those beside them, from one day to the last of the policy;
    then this day itself."""
    day = datetime.timedelta(1)
    found = {on}
    for entry in table.entries:
        if entry.force_from is not None:
            found |= {entry.force_from - day, entry.force_from}
        if entry.force_to is not None:
            found |= {entry.force_to, entry.force_to + day}
    within = sorted(each for each in found - {on} if on <= each <= (last or datetime.date.max))
    return [*within, on]


def _keys(program: model.Program, key: Any, type_: Type) -> list[Any]:
    """The keys to ask an entry for; of `otherwise` the first values of an enum, one of which nothing else may say."""
    match key:
        case None:
            enum = program.enums.get(getattr(type_, "id", ""))
            return [each.constant for each in enum.members] if enum is not None else []
        case Band():
            return _ends(key, type_)
        case _:
            return [key]


def _ends(band: Band, type_: Type) -> list[Any]:
    """The first and the last value of a band of whole numbers, dates or months."""
    match type_:
        case Quantity(kind="count") | Simple(kind="month"):
            step: Any = 1
        case Simple(kind="date"):
            step = datetime.timedelta(1)
        case _:
            step = None
    found: list[Any] = []
    for end, included, inwards in ((band.low, band.low_included, 1), (band.high, band.high_included, -1)):
        if end is not None and (included or step is not None):
            inner: Any = end if included else end + inwards * step
            if inner not in found:
                found.append(inner)
    return found


def _questions(
    program: model.Program, table: model.Table, entry: model.Entry, keys: tuple[Any, ...]
) -> Iterator[Question]:
    constants = tuple(
        model.Constant(key, type=type_, span=entry.span) for key, type_ in zip(keys, table.keys, strict=True)
    )
    lookup = model.Lookup(table.id, constants, type=table.type, span=entry.span)
    told = ", ".join(written(key, type_) for key, type_ in zip(keys, table.keys, strict=True))
    text = f"{program.called(table)}({told})" if told else program.called(table)
    match entry.value, table.type:
        case frozenset() as members, SetType(element=type_):
            inside = sorted(members, key=lambda each: each.name if isinstance(each, EnumValue) else str(each))
            if not inside:
                inside = _keys(program, None, type_)[:1]
        case Band() as band, type_:
            inside = _ends(band, type_)
        case _:
            yield Question(table.id, lookup, lookup, (), text)
            return
    for each in inside[:MOST_MEMBERS]:
        element = model.Constant(each, type=type_, span=entry.span)
        asked = model.Contains(element, lookup, type=FLAG, span=entry.span)
        told = f"{written(each, type_)} in {text}"
        yield Question(table.id, asked, asked, (), told if entry.value else f"({told})")
