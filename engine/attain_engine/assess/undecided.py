"""What an undetermined verdict rests on, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_engine import show
from attain_engine.evaluate.missing import (
    Compared,
    Contained,
    IsValue,
    MeasureNotGiven,
    MissingField,
    NoAnswerFound,
    NoEntry,
    OfUnknownArguments,
    OnUnknownDate,
    OnUnknownTrack,
    PartNotGiven,
    RowsNotGiven,
    Unpublished,
    WorkedOut,
)
from attain_engine.evaluate.moved import Moved
from attain_engine.evaluate.values import Cases, Unknown
from attain_engine.open.conditions import Condition, Formula
from attain_engine.open.quantities import Linear, Stairs
from attain_engine.open.unknowns import open_parts


def undecided(program: model.Program, *conditions: Condition) -> tuple[str, ...]:
    """The facts that would decide the conditions, each once."""
    found: dict[str, None] = {}
    for part in open_parts(conditions):
        if part.kind == "unknown":
            found.update(dict.fromkeys(_causes(program, part.name)))
    return tuple(found)


def rests_on(program: model.Program, *conditions: Condition) -> tuple[str, ...]:
    """What the conditions are open in, by name, each once: where no single fact would decide them."""
    return tuple(dict.fromkeys(text for part in open_parts(conditions) for text in _subjects(program, part.name)))


def _subjects(program: model.Program, name: Any) -> Iterator[str]:
    match name:
        case MeasureNotGiven(measure=measure, arguments=arguments):
            yield show.call(program.measures[measure], arguments)
        case MissingField(row=row, field=field):
            yield f"{field} of {row.origin.name if row.origin is not None else _name(row.record)}"
        case Unpublished(table=table) | NoEntry(table=table):
            yield _name(table)
        case RowsNotGiven(record=record):
            yield f"the rows of {_name(record)}"
        case _:
            for each in _inside(name):
                yield from _subjects(program, each)


def _causes(program: model.Program, name: Any) -> Iterator[str]:
    match name:
        case MissingField(row=row, field=field):
            place = row.origin.name if row.origin is not None else row.record
            yield f"`{field}` of {place} is missing"
        case MeasureNotGiven(measure=measure, arguments=arguments, record=record):
            call = show.call(program.measures[measure], arguments)
            yield f"`{call}` is not known: no `{_name(record)}` rows were given (or set its value)"
        case Unpublished(table=table, keys=keys, reason=reason):
            shown = ", ".join(
                show.value(key, type_) for key, type_ in zip(keys, program.tables[table].keys, strict=True)
            )
            yield f"`{_name(table)}{f'({shown})' if shown else ''}` has no value: {reason}"
        case NoEntry(table=table, keys=keys):
            yield from _causes(program, keys)
            yield f"`{_name(table)}` has no entry for some of what it is asked for"
        case RowsNotGiven(record=record):
            yield f"no `{_name(record)}` rows were given"
        case NoAnswerFound(message=message, rows=rows):
            named = ", ".join(each.origin.name for each in rows if each.origin is not None)
            yield f"{message}{f' ({named})' if named else ''}"
        case PartNotGiven(score=score, part=part, record=record):
            yield f"`{_name(score)}.{part}` is not known: no `{_name(record)}` rows were given"
        case _:
            for each in _inside(name):
                yield from _causes(program, each)


def _inside(name: Any) -> Iterator[Any]:
    """What else a name names, or the value of something unknown rests on."""
    match name:
        case Formula() | Linear() | Stairs():
            yield from (part.name for part in open_parts((name,)))
        case Unknown():
            yield name.name
        case Moved(of=of):
            yield of
        case Cases(alternatives=alternatives):
            for condition, value in alternatives:
                yield from (condition, value)
        case tuple() | frozenset():
            yield from name
        case IsValue(of=value) | Compared(left=value) | OnUnknownDate(date=value) | OnUnknownTrack(track=value):
            yield value
            if isinstance(name, Compared):
                yield name.right
        case Contained(element=element, container=container):
            yield from (element, container)
        case WorkedOut(values=values) | OfUnknownArguments(arguments=values):
            yield from values
        case _:
            return


def _name(identifier: str) -> str:
    return model.name_of(identifier)
