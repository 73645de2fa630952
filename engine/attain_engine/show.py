"""Values as people read them. Exact: a number that has no finite decimal is shown as about so much, and said so."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.model.program import Program
from attain_compiler.model.types import (
    COUNT,
    NEVER,
    NEVER_MONTH,
    YEAR,
    Band,
    Duration,
    EnumValue,
    Quantity,
    SetType,
    Simple,
    Type,
)
from attain_compiler.model.units import is_year
from attain_engine.evaluate.values import Cases, NoValue, Unknown
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Formula
from attain_engine.open.quantities import Linear, Stairs, range_of

MOST_DECIMALS = 6
MOST_DIGITS = 30
"""So many decimals are shown at the most where fewer would read like another number."""


def number(value: int | Fraction, decimals: int = MOST_DECIMALS) -> str:
    """An exact number: `1,500`, `69.985`, `about 3.333333`. One that is rounded goes on until a digit is not 0, so that
    what is just below 70 never reads like 70: `about 69.9999997`."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return f"{exact.numerator:,}"
    scaled = exact * 10**decimals
    while scaled.denominator != 1 and round(scaled) % 10 == 0 and decimals < MOST_DIGITS:
        scaled, decimals = scaled * 10, decimals + 1
    near = round(scaled)
    if scaled.denominator == 1:
        return _decimal(near, decimals)
    if near % 10 == 0:
        return f"just {'below' if scaled < near else 'above'} {_decimal(near, decimals)}"
    return f"about {_decimal(near, decimals)}"


def apart(left: Any, right: Any, left_type: Type, right_type: Type) -> tuple[str, str]:
    """Two values that are compared. Numbers that are not the same are shown with the digits that tell them apart."""
    if left_type == right_type == COUNT and (is_year(left_type) or is_year(right_type)):
        left_type = right_type = YEAR
    shown = value(left, left_type), value(right, right_type)
    numbers = all(isinstance(each, (int, Fraction)) and not isinstance(each, bool) for each in (left, right))
    if not numbers or left == right:
        return shown
    for decimals in range(MOST_DECIMALS, MOST_DIGITS + 1):
        shown = _quantity(left, left_type, decimals), _quantity(right, right_type, decimals)
        if shown[0].removeprefix("about ") != shown[1].removeprefix("about "):
            return shown
    return f"just {'below' if left < right else 'above'} {shown[1]}", shown[1]


def _decimal(scaled: int, places: int) -> str:
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0")
    return f"{sign}{whole:,}.{decimals}" if decimals else f"{sign}{whole:,}"


def month(value: int) -> str:
    """A month: `2024-05`."""
    return "never" if value == NEVER_MONTH else f"{value // 12:04d}-{value % 12 + 1:02d}"


def duration(value: Duration) -> str:
    """A duration: `12 months`, `2 years`, `90 days`."""
    parts = []
    if value.months:
        parts.append(_plural(value.months // 12, "year") if value.months % 12 == 0 else _plural(value.months, "month"))
    if value.days or not value.months:
        parts.append(_plural(value.days, "day"))
    return " and ".join(parts)


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def value(found: Any, type_: Type, program: Program | None = None) -> str:
    """A value of a type."""
    match found:
        case Linear() | Stairs():
            low, high = range_of(found)
            if high is None and (low is None or (low == 0 and type_ == COUNT)):  # no count is below 0
                return "unknown"
            ends = [value(end, type_, program) if end is not None else "" for end in (low, high)]
            if low is None:
                return f"at most {ends[1]}"
            return f"at least {ends[0]}" if high is None else f"{ends[0]} to {ends[1]}"
        case Formula() | Unknown():
            return "unknown"
        case Cases():
            return " or ".join(dict.fromkeys(value(each, type_, program) for _, each in found.alternatives))
        case NoValue():
            return "no value"
        case bool():
            return "yes" if found else "no"
        case EnumValue():
            return found.name
        case datetime.date():
            return "never" if found == NEVER else found.isoformat()
        case Duration():
            return duration(found)
        case Band():
            return _band(found, type_, program)
        case frozenset():
            element = type_.element if isinstance(type_, SetType) else type_
            return "{ " + ", ".join(value(each, element, program) for each in sorted(found)) + " }"
        case Row():
            return found.origin.name if found.origin is not None else found.record.rpartition(".")[2]
        case int() | Fraction():
            return _quantity(found, type_)
        case _:
            return str(found)


def _quantity(found: int | Fraction, type_: Type, decimals: int = MOST_DECIMALS) -> str:
    match type_:
        case Quantity(shown="year"):
            return number(found, decimals).replace(",", "")
        case Quantity(kind="percent"):
            return number(Fraction(found) * 100, decimals) + "%"
        case Quantity(kind="money", currency=currency):
            return f"{number(found, decimals)} {currency}"
        case Simple(kind="month"):
            return month(int(found))
        case _:
            return number(found, decimals)


def _band(band: Band, type_: Type, program: Program | None) -> str:
    element = getattr(type_, "element", type_)
    low = None if band.low is None else value(band.low, element, program)
    high = None if band.high is None else value(band.high, element, program)
    if low is not None and high is not None:
        return f"from {low} to {high}"
    if low is not None:
        return f"{'at least' if band.low_included else 'more than'} {low}"
    return f"{'at most' if band.high_included else 'less than'} {high}"


def call(declared: Any, arguments: Sequence[Any]) -> str:
    """A call as it is written: `net_adds(smb, 2024-05)`, `hours(2024)`, or the bare name where it has no arguments."""
    if not arguments:
        return str(declared.name)
    shown = (argument(each, formal.type) for each, formal in zip(arguments, declared.parameters, strict=True))
    return f"{declared.name}({', '.join(shown)})"


def argument(found: Any, of_type: Any) -> str:
    """A value between other arguments: a comma between thousands would read like the end of one."""
    shown = value(found, of_type)
    return shown.replace(",", "") if isinstance(found, int | Fraction) else shown
