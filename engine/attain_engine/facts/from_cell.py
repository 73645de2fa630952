"""Reading a value from a cell of a table: a text, a number, a date, yes or no, or a list. Nothing is guessed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias, assert_never

from attain_compiler.model.types import (
    DATE,
    DURATION,
    FLAG,
    MONTH,
    EntityType,
    EnumType,
    Quantity,
    SetType,
    Simple,
    Value,
)
from attain_engine.facts.cells import (
    DIGITS_OF_A_SPREADSHEET,
    BadCell,
    Cell,
    DateCell,
    FlagCell,
    ListCell,
    NumberCell,
    cell_text,
    digits,
    is_spreadsheet_error,
    spreadsheet_error,
)
from attain_engine.facts.from_text import length, share, text_reader, whole, within_ends
from attain_engine.facts.numerals import plain, simplest
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot, how_to_give, kind_in_words
from attain_engine.facts.spelling import quoted
from attain_engine.facts.style import LENGTHS, MULTIPLES, Style
from attain_engine.facts.vocabulary import Spellings

CellReader: TypeAlias = Callable[[Cell], "Value | Refusal"]


def cell_reader(slot: Slot, spellings: Mapping[str, Spellings], style: Style) -> CellReader:
    """What reads a cell that is not empty into the slot. `style` says how the cells of the column are written."""
    from_text = text_reader(slot, spellings, style)
    as_facts = text_reader(slot, spellings)
    meant = style.values or {}

    def read(cell: Cell) -> Value | Refusal:
        tidy = cell.strip() if isinstance(cell, str) else cell_text(cell)
        if tidy in meant and not isinstance(cell, BadCell):
            return as_facts(meant[tidy])
        match cell:
            case str():
                return spreadsheet_error(tidy) if is_spreadsheet_error(tidy) else from_text(tidy)
            case NumberCell():
                return _from_number(slot, cell, style, as_facts)
            case DateCell():
                return _from_date(slot, cell, style)
            case FlagCell(value=value):
                return value if slot.type == FLAG else _refuse(slot, cell)
            case ListCell(items=items):
                return (
                    _from_list(slot, items, spellings, style) if isinstance(slot.type, SetType) else _refuse(slot, cell)
                )
            case BadCell(refusal=refusal):
                return refusal
            case _:
                assert_never(cell)

    return read


def _from_number(
    slot: Slot, cell: NumberCell, style: Style, as_facts: Callable[[str], Value | Refusal]
) -> Value | Refusal:
    number = cell.value
    match slot.type:
        case Quantity(kind="percent"):
            per_cent = style.unit == "%" and not cell.percent
            value = simplest(Fraction(number) / 100) if per_cent else number if cell.percent else share(number)
            return value if isinstance(value, Refusal) else within_ends(slot, value)
        case Quantity() if cell.percent:
            return _refuse(slot, cell)
        case Quantity(kind=kind):
            scaled = simplest(number * MULTIPLES.get(style.unit, 1))
            value = whole(scaled) if kind == "count" else scaled
            return value if isinstance(value, Refusal) else within_ends(slot, value)
        case Simple(kind="duration") if style.unit in LENGTHS:
            duration = length(number, style.unit)
            return duration if isinstance(duration, Refusal) else within_ends(slot, duration)
        case EntityType() | EnumType() | Simple(kind="text") | SetType():
            return _name_of_digits(cell) or as_facts(plain(number))
        case Simple() if slot.type in (DATE, MONTH):
            fix = "give the cell the format of a date, or name the `date` format in the mapping and write it as text"
            return Refusal("facts-bad-value", f"`{plain(number)}` is a number, not {kind_in_words(slot.type)}", fix)
        case Simple() if slot.type == DURATION:
            fix = f"name its `unit` in the mapping, or {how_to_give(DURATION)}"
            return Refusal("facts-bad-value", f"`{plain(number)}` is not a duration", fix)
        case _:
            return _refuse(slot, cell)


def _name_of_digits(cell: NumberCell) -> Refusal | None:
    """Why a number is not the name that it was written as, as far as can be told."""
    shown = quoted(cell_text(cell))
    fix = "give the column the format of text, and write the names again"
    if cell.value.denominator != 1 or cell.percent:
        return Refusal("facts-bad-value", f"{shown} is a number with decimals, not a name", fix)
    if cell.padded:
        return Refusal("facts-bad-value", f"{shown} is shown with zeros before it, and has none", fix)
    if digits(cell.value) > DIGITS_OF_A_SPREADSHEET:
        return Refusal("facts-bad-value", f"{shown} has more digits than a spreadsheet keeps of a number", fix)
    return None


def _from_date(slot: Slot, cell: DateCell, style: Style) -> Value | Refusal:
    moment = cell.moment
    if slot.type not in (DATE, MONTH):
        return Refusal(
            "facts-bad-value",
            f"{quoted(cell_text(cell))} is a date, not {kind_in_words(slot.type)}",
            "spreadsheets make dates of what looks like one: give the column the format of text, and write it again"
            if not isinstance(slot.type, Quantity)
            else how_to_give(slot.type),
        )
    if moment.time() != datetime.time() and not style.drop_time:
        fix = 'leave out the time of day, or write `time = "drop"` for it in the mapping'
        return Refusal("facts-bad-value", f"{quoted(cell_text(cell))} has a time of day", fix)
    if slot.type == DATE:
        return within_ends(slot, moment.date())
    if (cell.with_day or moment.day != 1) and not style.drop_day:
        fix = 'show only its month and year, or write `day = "drop"` for it in the mapping'
        return Refusal("facts-bad-value", f"{quoted(cell_text(cell))} is a day, not a month", fix)
    return within_ends(slot, moment.year * 12 + moment.month - 1)


def _from_list(
    slot: Slot, items: tuple[Cell, ...], spellings: Mapping[str, Spellings], style: Style
) -> Value | Refusal:
    assert isinstance(slot.type, SetType)
    read_item = cell_reader(replace(slot, type=slot.type.element), spellings, style)
    values: set[Value] = set()
    for item in items:
        value = (
            Refusal("facts-bad-value", "an item of the list is empty", "remove it") if item == "" else read_item(item)
        )
        if isinstance(value, Refusal):
            return value
        values.add(value)
    return frozenset(values)


def _refuse(slot: Slot, cell: Cell) -> Refusal:
    fix = "write `yes` or `no`" if slot.type == FLAG else how_to_give(slot.type)
    return Refusal("facts-bad-value", f"{quoted(cell_text(cell))} is not {kind_in_words(slot.type)}", fix)
