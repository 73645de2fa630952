"""Reading a value from text: a cell of a table, a setting, or a text in JSON. Nothing is guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias, assert_never

from attain_compiler.model.types import (
    DATE,
    DURATION,
    MONTH,
    NEVER,
    BandType,
    Duration,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    SetType,
    Simple,
    Value,
)
from attain_engine.facts.numerals import CURRENCY_SIGNS, LONGEST_NUMBER, Exact, how_to_write, plain, simplest
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot, as_written, how_to_give, kind_in_words
from attain_engine.facts.spelling import closest, listed, quoted, shown
from attain_engine.facts.style import AS_FACTS, LENGTHS, MULTIPLES, Style, without_time
from attain_engine.facts.vocabulary import Spellings, normal

Reader: TypeAlias = Callable[[str], "Value | Refusal"]

SET_SEPARATOR = "|"
"""Between the items of a set in one cell."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_AMOUNT = re.compile(r"(.*) ([A-Z]{3}(?: a (?:day|week|month|year))?)", re.ASCII)
_LENGTH = re.compile(r"([0-9]{1,6}) (day|week|month|year)s?", re.ASCII)
_TURNING = "\u2028-\u202e\u2066-\u2069"
"""Breaks of lines and paragraphs, and marks that turn the text after them around, whoever wrote it."""

UNPRINTABLE = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}]")
_UNPRINTABLE_IN_TEXT = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}]")

_UNITS = {"day": Duration(0, 1), "week": Duration(0, 7), "month": Duration(1, 0), "year": Duration(12, 0)}


def text_reader(slot: Slot, spellings: Mapping[str, Spellings], style: Style = AS_FACTS) -> Reader:
    """What reads a text, blanks around it removed and not empty, into the slot. `style` says how it is written."""
    match slot.type:
        case Quantity(kind=kind, currency=currency):
            plain_reader = _quantity_reader(kind, currency, style)
        case Simple(kind="date"):
            plain_reader = _date_reader(style)
        case Simple(kind="month"):
            plain_reader = _month_reader(style)
        case Simple(kind="duration"):
            plain_reader = _duration_reader(style)
        case Simple(kind="flag"):
            plain_reader = read_flag
        case Simple():
            plain_reader = read_plain_text
        case EnumType(id=enum) if enum in spellings:
            plain_reader = _enum_reader(spellings[enum])
        case EntityType():
            plain_reader = read_identifier
        case SetType(element=element):
            plain_reader = _set_reader(replace(slot, type=element), spellings, style)
        case EnumType() | RecordType() | BandType():
            plain_reader = _refuser(slot)
        case _:
            assert_never(slot.type)

    if isinstance(slot.type, SetType):
        return plain_reader

    never = slot.never
    if never is None and slot.low is None and slot.high is None:
        return plain_reader

    def read(text: str) -> Value | Refusal:
        if text == "never" and slot.or_never and never is not None:
            return never
        value = plain_reader(text)
        return value if isinstance(value, Refusal) else within_ends(slot, value)

    return read


def within_ends(slot: Slot, value: Value) -> Value | Refusal:
    """The value, or why it lies outside the bounds of its slot."""
    if not slot.or_never and slot.never == value:
        return Refusal(
            "facts-bad-value",
            f"`{'9999-12-31' if value == NEVER else '9999-12'}` stands for `never`, which is no date here",
            "write the day, or leave the row out if there is none",
        )
    if slot.low is not None and value < slot.low:  # type: ignore[operator]
        return _refuse_bound(slot, value, "earlier" if slot.never else "less", slot.low)
    if slot.high is not None and value > slot.high:  # type: ignore[operator]
        return _refuse_bound(slot, value, "later" if slot.never else "more", slot.high)
    return value


def _refuse_bound(slot: Slot, value: Value, how: str, end: Value) -> Refusal:
    written = as_written(value, slot.type).replace("_", "")
    return Refusal(
        "facts-out-of-bounds",
        f"`{written}` is {how} than {as_written(end, slot.type)}",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    )


def whole(number: Exact) -> Exact | Refusal:
    """The number, refused where it is not a whole one."""
    if number.denominator == 1:
        return simplest(number)
    return Refusal("facts-bad-value", f"`{plain(number)}` is not a whole number", "a count has no decimals")


def share(number: Exact) -> Exact | Refusal:
    """A number that stands for a percentage, 0.4 for 40%; refused where it may well be meant as percent already."""
    if -1 <= number <= 1:
        return number
    return Refusal(
        "facts-bad-value",
        f"`{plain(number)}` could be {plain(number)}% or {plain(number * 100)}%",
        f'write "{plain(number)}%" or "{plain(number * 100)}%"',
    )


def _quantity_reader(kind: str, currency: str, style: Style) -> Reader:
    not_one = kind_in_words(Quantity(kind, currency))
    usual = how_to_give(Quantity(kind, currency))
    multiple = MULTIPLES.get(style.unit, 1)

    def refuse(text: str) -> Refusal:
        if len(text) > LONGEST_NUMBER:
            return Refusal("facts-bad-value", f"{quoted(text)} is too long for a number", "shorten it")
        if text.endswith("%") and kind != "percent":
            return Refusal("facts-bad-value", f"{quoted(text)} is a percentage, not {not_one}", "remove the `%`")
        if style.decimal:
            between = f" and `{style.thousands}` between thousands" if style.thousands else ""
            fix = f"the mapping says that numbers here have `{style.decimal}` before decimals{between}"
            return Refusal("facts-bad-value", f"{quoted(text)} is not {not_one}", fix)
        written = _how_to_write_money(text, currency) if currency else how_to_write(text, whole=kind == "count")
        return Refusal("facts-bad-value", f"{quoted(text)} is not {not_one}", written or usual)

    def read_count(text: str) -> Value | Refusal:
        number = style.number(text)
        return refuse(text) if number is None else style.doubt(text, True) or whole(number * multiple)

    def read_quantity(text: str) -> Value | Refusal:
        number = style.number(text)
        return refuse(text) if number is None else style.doubt(text, False) or simplest(number * multiple)

    def read_percent(text: str) -> Value | Refusal:
        bare = text.removesuffix("%").rstrip()
        number = style.number(bare)
        if number is None:
            return refuse(text)
        percent = text.endswith("%") or style.unit == "%"
        return style.doubt(bare, False) or (simplest(Fraction(number) / 100) if percent else share(number))

    def read_money(text: str) -> Value | Refusal:
        if style.unit and style.unit not in MULTIPLES:
            text = text.removeprefix(style.unit).removesuffix(style.unit).strip()
        with_unit = _AMOUNT.fullmatch(text)
        amount, other = with_unit.group(1, 2) if with_unit else (text, currency)
        if with_unit is None and " " in text and not style.decimal:
            return refuse(text)
        number = style.number(amount)
        if number is None:
            fix = "" if style.decimal else _how_to_write_money(amount, currency) or usual
            return Refusal("facts-bad-value", f"{quoted(text)} is not {not_one}", fix) if fix else refuse(text)
        if other != currency:
            return Refusal(
                "facts-bad-value",
                f"{quoted(text)} is in {other}, not in {currency}",
                f"convert the amount to {currency}; nothing is converted here",
            )
        return style.doubt(amount, True) or simplest(number * multiple)

    readers: dict[str, Reader] = {"count": read_count, "percent": read_percent, "money": read_money}
    return readers.get(kind, read_quantity)


def _how_to_write_money(amount: str, currency: str) -> str:
    """As `how_to_write`; a sign that may be of another currency is not dropped without a word."""
    fix, signs = how_to_write(amount), set(amount) & set(CURRENCY_SIGNS)
    if not fix or (signs <= {"€"} and currency.startswith("EUR")):
        return fix
    return f"{fix} if the amount is in {currency}; nothing is converted here" if signs else fix


def _date_reader(style: Style) -> Reader:
    if style.date is not None and not style.date.has_day:  # it is of the whole table, for its months
        return _formatted_reader(replace(style, date=None), read_date, "a date", datetime.date)
    return _formatted_reader(style, read_date, "a date", datetime.date)


def _month_reader(style: Style) -> Reader:
    def plain_month(text: str) -> Value | Refusal:
        return read_month(text[:7] if style.drop_day and _DATE.fullmatch(text) else text)

    formatted = _formatted_reader(style, plain_month, "a month", lambda year, month, _: year * 12 + month - 1)
    if style.date is None or not style.date.has_day or style.drop_day:
        return formatted

    def with_day(text: str) -> Value | Refusal:
        value = formatted(text)
        if isinstance(value, Refusal):
            return value
        fix = 'name a format without a day, or write `day = "drop"` for it in the mapping'
        return Refusal("facts-bad-value", f"{quoted(text)} is a day, not a month", fix)

    return with_day


def _formatted_reader(style: Style, usual: Reader, not_one: str, value_of: Callable[[int, int, int], Value]) -> Reader:
    """What reads dates in the format of the style, or the `usual` one where it names none."""

    def read(text: str) -> Value | Refusal:
        tidy = without_time(text) if style.drop_time else text
        if style.date is None:
            return usual(tidy)
        parts = style.date.read(tidy)
        if parts is None:
            fix = f"the mapping says that {not_one} here is written `{style.date.text}`"
            return Refusal("facts-bad-value", f"{quoted(text)} is not {not_one}", fix)
        if not style.date.fits(tidy):
            return Refusal("facts-bad-value", f"there is no day {quoted(text)}", "correct the day or the month")
        return value_of(*parts)

    return usual if style.date is None and not style.drop_time else read


def _duration_reader(style: Style) -> Reader:
    if style.unit not in LENGTHS:
        return read_duration

    def read(text: str) -> Value | Refusal:
        number = style.number(text)
        return read_duration(text) if number is None else length(number, style.unit)

    return read


def length(number: Exact, unit: str) -> Value | Refusal:
    """So many days, weeks, months or years."""
    if number.denominator != 1 or not 0 <= number < 1_000_000:
        return Refusal("facts-bad-value", f"`{plain(number)}` is not a number of {unit}", "write a whole number")
    one = _UNITS[unit.removesuffix("s")]
    return Duration(one.months * int(number), one.days * int(number))


def read_date(text: str) -> Value | Refusal:
    parts = _DATE.fullmatch(text)
    if parts is None:
        if (month := _MONTH.fullmatch(text)) is not None:
            return Refusal("facts-bad-value", f"{quoted(text)} is not a date", f"add the day: `{month[0]}-01`")
        start = _DATE.match(text)
        if start is not None and text[10] in "T ":
            return Refusal("facts-bad-value", f"{quoted(text)} is not a date", f"leave out the time: `{start[0]}`")
        return Refusal("facts-bad-value", f"{quoted(text)} is not a date", _how_to_write_date(text))
    try:
        return datetime.date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        return Refusal("facts-bad-value", f"there is no day `{text}`", _last_day(int(parts[1]), int(parts[2])))


def _how_to_write_date(text: str) -> str:
    parts = re.fullmatch(r"([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})", text, re.ASCII)
    if parts is not None and len(parts[1]) == 4 and len(parts[3]) <= 2:
        return f"write `{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}`: year, month, day"
    return how_to_give(DATE)


def _last_day(year: int, month: int) -> str:
    if year < 1:
        return "years begin at 0001"
    if not 1 <= month <= 12:
        return how_to_give(DATE)
    following = datetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else NEVER
    return f"the last day of that month is `{following - datetime.timedelta(days=1)}`"


def read_month(text: str) -> Value | Refusal:
    parts = _MONTH.fullmatch(text)
    if parts is None:
        if (day := _DATE.fullmatch(text)) is not None:
            help_line = f"leave out the day: `{day[1]}-{day[2]}`"
            return Refusal("facts-bad-value", f"{quoted(text)} is not a month", help_line)
        return Refusal("facts-bad-value", f"{quoted(text)} is not a month", how_to_give(MONTH))
    year, month = int(parts[1]), int(parts[2])
    if year < 1 or not 1 <= month <= 12:
        return Refusal("facts-bad-value", f"there is no month `{text}`", "months are `01` to `12`, after the year")
    return year * 12 + month - 1


def read_duration(text: str) -> Value | Refusal:
    months = days = 0
    rest = text
    while (part := _LENGTH.match(rest)) is not None:
        unit = _UNITS[part[2]]
        months += unit.months * int(part[1])
        days += unit.days * int(part[1])
        rest = rest[part.end() :]
        if not rest:
            return Duration(months, days)
        rest = rest.removeprefix(" ")
    return Refusal(
        "facts-bad-value",
        f"{quoted(text)} is not a duration",
        how_to_give(DURATION),
    )


def read_flag(text: str) -> Value | Refusal:
    match text.lower():
        case "yes" | "true":
            return True
        case "no" | "false":
            return False
        case _:
            return Refusal("facts-bad-value", f"{quoted(text)} is not yes or no", "write `yes` or `no`")


def read_plain_text(text: str) -> Value | Refusal:
    if _UNPRINTABLE_IN_TEXT.search(text):
        return Refusal("facts-bad-value", f"{quoted(text)} has a character that cannot be printed", "remove it")
    return normal(text)


def read_identifier(text: str) -> Value | Refusal:
    if not text or text != text.strip():
        if not text.strip():
            return Refusal("facts-bad-value", "the name is empty", "write a name")
        return Refusal("facts-bad-value", f'"{shown(text)}" has blanks around it', f'write "{shown(text.strip())}"')
    if UNPRINTABLE.search(text):
        return Refusal("facts-bad-value", f"{quoted(text)} has a character that cannot be printed", "remove it")
    return normal(text)


def _enum_reader(spellings: Spellings) -> Reader:
    def read(text: str) -> Value | Refusal:
        value = spellings.values.get(normal(text.strip()))
        if value is not None:
            return value
        enum = spellings.enum.name
        if text in spellings.doubtful:
            return Refusal(
                "facts-unknown-value",
                f"{quoted(text)} can be more than one value of `{enum}`",
                f"write {listed(spellings.doubtful[text], 'or')}",
            )
        meant = closest(text, spellings.values)
        fix = f"did you mean {quoted(meant)}?" if meant else f"write {listed(spellings.names, 'or')}"
        return Refusal("facts-unknown-value", f"{quoted(text)} is not a value of `{enum}`", fix)

    return read


def _set_reader(element: Slot, spellings: Mapping[str, Spellings], style: Style) -> Reader:
    read_item = text_reader(element, spellings, style)

    def read(text: str) -> Value | Refusal:
        items: set[Value] = set()
        for item in text.split(SET_SEPARATOR):
            value = read_item(item.strip())
            if isinstance(value, Refusal):
                return value
            items.add(value)
        return frozenset(items)

    return read


def _refuser(slot: Slot) -> Reader:
    def refuse(text: str) -> Value | Refusal:
        return Refusal(
            "facts-bad-value",
            f"{quoted(text)} cannot be read: `{slot.name}` is {kind_in_words(slot.type)}, which facts cannot give",
            how_to_give(slot.type),
        )

    return refuse
