"""What the cells of a column suggest about how they are written. Nothing of it is used before a mapping says it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from attain_compiler.frozen import frozen
from attain_compiler.model.types import DATE, FLAG, MONTH, EnumType, Quantity, Simple, Type
from attain_engine.facts.cells import Cell, DateCell, FlagCell, NumberCell, cell_text
from attain_engine.facts.from_cell import cell_reader
from attain_engine.facts.headers import folded
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot, as_written
from attain_engine.facts.spelling import closest, toml_text
from attain_engine.facts.style import AS_FACTS, Style, date_format, without_time
from attain_engine.facts.vocabulary import Spellings

MOST_VALUES = 50
"""More values of one column than these are not listed one by one."""

MOST_NAMES = 20
"""More values of an enum than these are not named."""

LIKE = 7
"""So many of ten cells of a column of an enum are values of it."""

_MARKS = ((".", ""), (",", ""), (",", "."), (".", ","), (",", " "), (".", " "), (".", "'"))
_ORDERS = (("DD", "MM", "YYYY"), ("MM", "DD", "YYYY"), ("YYYY", "MM", "DD"))
_DATES = (
    *(mark.join(order) for order in _ORDERS for mark in "./-"),
    *(mark.join(part if part == "YYYY" else part[0] for part in order) for order in _ORDERS for mark in "./-"),
    "YYYYMMDD",
    "DD-MMM-YYYY",
    "D MMM YYYY",
)
_MONTHS = ("MM/YYYY", "MM.YYYY", "MM-YYYY", "YYYY/MM", "YYYYMM", "M/YYYY", "MMM YYYY", "MMM-YYYY", *_DATES)
_AMOUNT = re.compile("([^0-9.,'−\\s-]*)\\s*[-−]?[0-9](?:[0-9.,' \u00a0\u202f\u2009]*[0-9])?\\s*([^0-9.,'\\s]*)")
_SIGNS: Mapping[str, str] = {"€": "EUR"}
"""Signs that stand for one currency alone."""
_WORDS: Mapping[str, str] = {"y": "yes", "n": "no", "1": "yes", "0": "no"}
_YES = "ja j oui o si sí sì sim da tak ano kyllä igen evet да ναι はい 是 x ✓ ✔"
_NO = "nein non não nee nej nei ei nem nu ne nie hayır нет ні όχι いいえ 否"
_OTHER_WORDS: Mapping[str, str] = {**dict.fromkeys(_YES.split(), "yes"), **dict.fromkeys(_NO.split(), "no")}
"""Yes and no in other languages, and marks for yes: likely, and said to be."""


@frozen
class Line:
    """A line of a mapping. One that is to be decided is a comment; `why` says what there is to decide. `remark` is for
    whoever looks at what is written."""

    text: str
    why: str = ""
    remark: str = ""

    @property
    def written(self) -> str:
        if self.why:
            return f"# {self.text}  # ? {self.why}"
        return f"{self.text}  # {self.remark}" if self.remark else self.text


def format_lines(slot: Slot, cells: Sequence[Cell], spellings: Mapping[str, Spellings], said: Style) -> list[Line]:
    """What a mapping has to say of the cells of a field, so that they can be read. `said` is what it says already."""
    distinct = [cell for cell in dict.fromkeys(cells) if cell_text(cell).strip() not in ("", *(said.values or ()))]
    if not _refused(slot, distinct, spellings, said):
        return []
    match slot.type:
        case Quantity():
            return list(_number_lines(slot, distinct, spellings, slot.type, said))
        case of if of in (DATE, MONTH):
            return list(_date_lines(of, distinct, said))
        case _:
            return []


def value_lines(slot: Slot, cells: Sequence[Cell], spellings: Mapping[str, Spellings], said: Style) -> list[Line]:
    """The values of an enum or flag that are written in another way than the policy's, and of which a mapping does not
    say yet what they mean."""
    if not (isinstance(slot.type, EnumType) and slot.type.id in spellings) and slot.type != FLAG:
        return []
    distinct = [cell for cell in dict.fromkeys(cells) if cell_text(cell).strip()]
    refused = _refused(slot, distinct, spellings, replace(AS_FACTS, values=said.values))
    texts = list(dict.fromkeys(cell_text(cell).strip() for cell in refused))
    lines = [_value_line(slot.type, text, spellings) for text in texts[:MOST_VALUES]]
    if isinstance(slot.type, EnumType):
        names = spellings[slot.type.id].names
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        asked = [number for number, line in enumerate(lines) if line.why]
        for number in asked[:1]:  # the others are the same
            lines[number] = replace(lines[number], why=f"which one: {', '.join(names[:MOST_NAMES])}{more}")
    rest = len(texts) - MOST_VALUES
    return [*lines, Line(f"and {rest:,} more values of this column", "what do they mean")] if rest > 0 else lines


def fits(slot: Slot, cells: Sequence[Cell], spellings: Mapping[str, Spellings], in_doubt: bool) -> bool:
    """Whether cells look like values of a slot: of a number, a date, yes or no, or of an enum all or most of them. A
    text or a name may be anything that is none of these."""
    distinct = [cell for cell in dict.fromkeys(cells) if cell_text(cell).strip()]
    if not distinct:
        return False
    match slot.type:
        case EnumType(id=enum) if enum in spellings:
            return enum_likeness(spellings[enum], distinct) >= LIKE
        case of if of == FLAG:
            return all(_yes_or_no(cell) for cell in distinct)
        case Quantity() | Simple(kind="date" | "month" | "duration"):
            plain = replace(AS_FACTS, dots_in_doubt=in_doubt)
            open_slot = replace(slot, low=None, high=None)
            if not _refused(open_slot, distinct, spellings, plain):
                return True
            lines = format_lines(open_slot, distinct, spellings, plain)
            return bool(lines) and not any(line.why.startswith("how is ") for line in lines)
        case _:
            return any(isinstance(cell, str) for cell in distinct)


def _yes_or_no(cell: Cell) -> bool:
    text = cell_text(cell).strip().lower()
    return (
        isinstance(cell, FlagCell) or text in ("yes", "no", "true", "false") or text in _WORDS or text in _OTHER_WORDS
    )


def enum_likeness(enum: Spellings, cells: Iterable[Cell]) -> int:
    """How many of ten cells that are not empty are values of the enum."""
    texts = [cell_text(cell).strip() for cell in cells if cell_text(cell).strip()]
    known = {folded(text) for text in enum.values}
    return 10 * sum(folded(text) in known for text in texts) // len(texts) if texts else 0


def _refused(slot: Slot, cells: Iterable[Cell], spellings: Mapping[str, Spellings], style: Style) -> list[Cell]:
    read = cell_reader(slot, spellings, style)
    return [cell for cell in cells if isinstance(read(cell), Refusal)]


def _number_lines(
    slot: Slot, cells: Sequence[Cell], spellings: Mapping[str, Spellings], of: Quantity, said: Style
) -> Iterator[Line]:
    open_slot = replace(slot, low=None, high=None)
    texts = [cell for cell in cells if isinstance(cell, str) and re.search("[0-9]", cell)]  # others are mistakes
    numbers = [cell for cell in cells if isinstance(cell, NumberCell)]
    unit = _mark(texts) if of.kind == "money" else "%"
    if _another_currency(unit, of):
        yield Line(f"unit = {toml_text(of.currency)}", f"the amounts are in {unit}: nothing is converted")
        return
    if of.kind == "money" and unit:
        sure = _SIGNS.get(unit, unit) == of.currency
        yield Line(
            f"unit = {toml_text(unit)}", "" if sure else f"is it {of.currency} that is meant by {toml_text(unit)}"
        )
    if of.kind == "percent" and any(not cell.percent and cell.value > 1 for cell in numbers):
        yield Line('unit = "%"', "the numbers are per cent: 40 is 40%")
    meanings: dict[tuple[object, ...], tuple[str, str]] = {}
    for decimal, thousands in _MARKS:
        read = cell_reader(open_slot, spellings, replace(AS_FACTS, decimal=decimal, thousands=thousands, unit=unit))
        values = tuple(read(cell) for cell in texts)
        if not any(isinstance(value, Refusal) for value in values):
            meanings.setdefault(values, (decimal, thousands))
    usual = _refused(
        open_slot, texts, spellings, replace(AS_FACTS, dots_in_doubt=True, unit=unit if of.kind == "money" else "")
    )
    if usual and meanings:
        for decimal, thousands in meanings.values():
            read = cell_reader(open_slot, spellings, replace(AS_FACTS, decimal=decimal, thousands=thousands, unit=unit))
            value = read(usual[0])
            if isinstance(value, Refusal):
                continue
            why = "" if len(meanings) == 1 else f"then {quoted_value(usual[0])} is {as_written(value, slot.type)}"
            yield Line(f"decimal = {toml_text(decimal)}", why)
            if thousands:
                yield Line(
                    f"{'# ' if why else ''}thousands = {toml_text(thousands)}", remark=why and "with the line above"
                )
    elif usual:
        yield Line('decimal = "."', f"how is {quoted_value(usual[0])} to be read")
    elif said.decimal:  # that of the other columns
        yield Line('decimal = "."')


def _mark(texts: Sequence[str]) -> str:
    """The one mark that stands before or after amounts of money; empty where there is none, or are several."""
    found = [_AMOUNT.fullmatch(each.strip()) for each in texts]
    marks = {mark for each in found if each is not None for mark in each.groups() if mark}
    return marks.pop() if len(marks) == 1 else ""


def _another_currency(mark: str, of: Quantity) -> bool:
    return of.kind == "money" and re.fullmatch("[A-Z]{3}", mark) is not None and mark != of.currency


def _date_lines(of: Type, cells: Sequence[Cell], said: Style) -> Iterator[Line]:
    moments = [cell.moment for cell in cells if isinstance(cell, DateCell)]
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    bare = [without_time(text) for text in texts]
    times = [text[len(rest) :] for text, rest in zip(texts, bare, strict=True) if text != rest]
    if times or any(moment.time() != datetime.time() for moment in moments):
        midnight = all(set(time) <= set("T 0:.") for time in times) and all(
            moment.time() == datetime.time() for moment in moments
        )
        yield Line('time = "drop"', "" if midnight else "there are times of day: is the date enough")
    days = any(isinstance(cell, DateCell) and cell.with_day for cell in cells)
    usual = 10 if of == DATE else 7
    odd = [text for text in bare if len(text) != usual or text[4] != "-"]
    if not odd and said.date is not None and bare:  # that of the other columns
        yield Line(f"date = {toml_text('YYYY-MM-DD' if of == DATE else 'YYYY-MM')}")
    meanings: dict[tuple[object, ...], str] = {}
    for candidate in (_DATES if of == DATE else _MONTHS) if odd else ():
        form = date_format(candidate)
        if form is not None and all(form.fits(text) for text in bare):
            meanings.setdefault(tuple(form.read(text) for text in bare), candidate)
    days = days or any(map(_has_day, meanings.values()))
    if of == MONTH and days:
        yield Line('day = "drop"', "there are days: is their month meant")
    if not odd:
        return
    if not meanings:
        yield Line('date = "DD.MM.YYYY"', f"how is {quoted_value(odd[0])} written")
    why = f"{quoted_value(odd[0])} can be more than one day" if len(meanings) > 1 else ""
    for candidate in meanings.values():
        yield Line(f"date = {toml_text(candidate)}", why)


def _has_day(form: str) -> bool:
    read = date_format(form)
    return read is not None and read.has_day


def _value_line(of: Type, text: str, spellings: Mapping[str, Spellings]) -> Line:
    if not isinstance(of, EnumType):
        certain = _WORDS.get(text.lower())
        meant = certain or _OTHER_WORDS.get(text.lower())
        if meant is None:
            return Line(f'{toml_text(text)} = "..."', "yes or no")
        return Line(f"{toml_text(text)} = {toml_text(meant)}", remark="" if certain else "likely")
    enum = spellings[of.id]
    same = {value.name for known, value in enum.values.items() if folded(known) == folded(text)}
    if len(same) == 1:
        return Line(f"{toml_text(text)} = {toml_text(same.pop())}")
    near = closest(text, enum.values)
    name = enum.values[near].name if near else "..."
    return Line(f"{toml_text(text)} = {toml_text(name)}", "which one")


def quoted_value(cell: Cell) -> str:
    """A cell for a comment of a mapping, on one line."""
    return toml_text(cell_text(cell)[:40])
