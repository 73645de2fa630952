"""What users name when they ask: readings, designations and their tiers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial
from typing import Final

from attain_compiler.model.awards import award_id
from attain_compiler.model.program import (
    SHOWN,
    Constant,
    Define,
    DefineCall,
    Designation,
    Expression,
    Formal,
    Measure,
    MeasureCall,
    Program,
    Report,
)
from attain_compiler.model.reaching import on_track, reaching
from attain_compiler.model.types import EntityType, EnumType, Quantity, Type, Value
from attain_engine.assess.each_award import known_members
from attain_engine.assess.titles import title_apart
from attain_engine.facts import Facts
from attain_engine.facts.from_text import text_reader
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot, as_written

LAST: Final = datetime.date(9990, 12, 31)
"""No question looks further ahead."""


class AskedWrongly(Exception):
    """What was asked for is not there: the message says what there is."""


def chosen_readings(program: Program, given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The alternatives chosen, by the ids of their readings; given by their names. Raises AskedWrongly."""
    by_name = {each.name: each for each in program.readings.values()}
    chosen: dict[str, str] = {}
    for name, alternative in given:
        reading = by_name.get(name)
        if reading is None:
            raise AskedWrongly(f"there is no reading `{name}`{_hint(name, list(by_name))}")
        names = [one.name for one in reading.alternatives]
        if alternative not in names:
            has = ", ".join(f"`{one}`" for one in names)
            raise AskedWrongly(f"`{name}` has no alternative `{alternative}`: it has {has}")
        chosen[reading.id] = alternative
    return chosen


def designations_named(program: Program, facts: Facts, given: Iterable[str]) -> list[tuple[Designation, str | None]]:
    """The designations that `NAME` or `NAME:TIER` mean, with their tiers. `NAME(TRACK)` means one of that track alone,
    `NAME at least AMOUNT` (or `at most`) one that is made of the amount: these the program does not have yet. Raises
    AskedWrongly."""
    by_name = {each.name: each for each in program.designations.values()} | dict(program.designations)
    found: list[tuple[Designation, str | None]] = []
    for each in given:
        amount = _AMOUNT.fullmatch(each.strip())
        if amount is not None:
            found.append((_of_amount(program, facts, *amount.groups()), None))
            continue
        name, _, tier = each.partition(":")
        shape = re.sub(r"\s*,\s*", ", ", name)
        designation = by_name.get(shape) or _on_track(program, facts, shape)
        if designation is None:
            known = ", ".join(f"`{each.name}`" for each in program.designations.values())
            raise AskedWrongly(f"there is no designation `{name}`: there is {known}")
        tiers = [each.name for each in designation.tiers]
        if tier and tier not in tiers:
            raise AskedWrongly(f"`{name}` has no tier `{tier}`: {', '.join(tiers) or 'it has none'}")
        found.append((designation, tier or None))
    return found


def counted(asked: str, text: str) -> tuple[int, str]:
    """`3 certify(ana, *)`: how often, and what. `asked` is what the user calls it. Raises AskedWrongly."""
    number, _, change = text.strip().partition(" ")
    if not number.isascii() or not number.isdecimal() or len(number) > 9 or not change.strip():
        raise AskedWrongly(f'`{asked} "{text}"`: write how often, and what: `{asked} "3 certify"`')
    return int(number), change.strip()


def day_ahead(day: datetime.date | None, on: datetime.date, asked: str) -> datetime.date | None:
    """A day that is not before the assessment date. Raises AskedWrongly."""
    if day is not None and day > LAST:
        raise AskedWrongly(f"`{asked} {day}` is after {LAST}, the last day that is reckoned with")
    if day is not None and day < on:
        raise AskedWrongly(f"`{asked} {day}` is before the assessment date, {on}: give a later day")
    return day


def _on_track(program: Program, facts: Facts, name: str) -> Designation | None:
    """`safe(linz)`, `status(cloud, smb)`: one track of a designation. Raises AskedWrongly where there is no such."""
    for designation in program.designations.values():
        head = f"{designation.name[:-1]}, " if designation.name.endswith(")") else f"{designation.name}("
        if designation.tracks is None or not name.startswith(head) or not name.endswith(")"):
            continue
        written, known = name[len(head) : -1].strip('"'), known_members(program, facts, designation.tracks.binder.type)
        if written not in known:
            raise AskedWrongly(f"`{designation.name}` has no track `{written}`{_hint(written, list(known))}")
        return on_track(designation, known[written])
    return None


_AMOUNT = re.compile(r"([^\s(]+)\s*(?:\(([^()]*)\))?\s+(at\s+least|at\s+most)\s+(.+)")


def _of_amount(program: Program, facts: Facts, name: str, given: str | None, sign: str, amount: str) -> Designation:
    """`benefit at least 200 USD`, `fee(linz) at most 50 EUR`."""
    declared: list[Define | Measure | Report] = [
        *(each for each in program.reports.values() if each.id not in program.defines),
        *program.defines.values(),
        *program.measures.values(),
    ]
    amounts = [each for each in declared if isinstance(each.type, Quantity)]
    written = [each.strip().strip('"') for each in given.split(",")] if given is not None else []
    by_name = {each.name: each for each in amounts if not each.parameters}
    meant = by_name.get(f"{name}({', '.join(written)})" if written else name)
    values: tuple[Value, ...] = ()
    if meant is None and written:  # an award of an enum is called with its value: `fee(cloud)`
        called = {each.name: each for each in amounts if len(each.parameters) == len(written)}
        meant = called.get(name)
        values = tuple(map(partial(_argument, program, facts), meant.parameters, written)) if meant is not None else ()
    if meant is None:
        raise AskedWrongly(f"there is no amount `{name}`{_hint(name, list(by_name))}")
    value = _read(meant.name, meant.type, amount.strip())
    sign = " ".join(sign.split())
    bound = Constant(value, type=meant.type, span=meant.span)
    called_so = meant.title if isinstance(meant, Measure) else title_apart(program, meant, values)
    title = f"{called_so} {sign} {as_written(value, meant.type)}"
    id_ = meant.id.removesuffix(SHOWN)
    return reaching(award_id(id_, values) if values else id_, title, _value_of(meant, values), sign, bound)


def _argument(program: Program, facts: Facts, formal: Formal, written: str) -> Value:
    if not isinstance(formal.type, EnumType | EntityType):
        return _read(formal.name, formal.type, written)
    known = known_members(program, facts, formal.type)
    if written not in known:
        raise AskedWrongly(f"there is no `{formal.type}` called `{written}`{_hint(written, list(known))}")
    return known[written]


def _read(name: str, type_: Type, written: str) -> Value:
    """A value as facts have it, or as the policy would write it: `10_000 points`."""
    plain = re.sub(r"(?<=\d)_(?=\d)", "", written)
    if isinstance(type_, Quantity) and type_.kind == "points":
        plain = re.sub(r"\s*points?$", "", plain)
    found = text_reader(Slot(name, type_), {})(plain)
    if isinstance(found, Refusal):
        raise AskedWrongly(f"`{name}`: {found.message}; {found.help}")
    return found


def _value_of(meant: Define | Measure | Report, values: tuple[Value, ...]) -> Expression:
    given = tuple(
        Constant(each, type=formal.type, span=meant.span) for each, formal in zip(values, meant.parameters, strict=True)
    )
    match meant:
        case Measure():
            return MeasureCall(meant.id, given, type=meant.type, span=meant.span)
        case Define():
            return DefineCall(meant.id, given, type=meant.type, span=meant.span)
        case _:
            return meant.body


def _hint(name: str, names: list[str]) -> str:
    close = get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f": the policy has {', '.join(f'`{each}`' for each in names)}" if names else ": the policy has none"
