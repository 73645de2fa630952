"""How values are written in a table, where a mapping says so: marks in numbers, formats of dates, units."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from fractions import Fraction

from attain_compiler.frozen import frozen
from attain_engine.facts.numerals import LONGEST_NUMBER, Exact, plain, read_number, simplest
from attain_engine.facts.problem import Refusal
from attain_engine.facts.spelling import quoted

MULTIPLES: Mapping[str, int] = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000}
"""Units that a count, a number, points or an amount of money may be given in."""

LENGTHS = ("days", "weeks", "months", "years")
"""Units that a duration may be given in as a number."""


@frozen
class Style:
    """How the cells of one column are written.

    `decimal` and `thousands` are the marks in numbers (`decimal` empty: nothing is said, numbers are written as facts
    write them). `dots_in_doubt`: a dot before three digits may stand between thousands. `date` is a format such as
    `DD.MM.YYYY`. `drop_time` and `drop_day`: a time of day, or the day of what is to be a month, is left out. `unit` is
    a multiple, a length, `%`, or a mark that stands with amounts of money. `values` are cells, by their texts, and what
    they mean.
    """

    decimal: str = ""
    thousands: str = ""
    dots_in_doubt: bool = False
    date: DateFormat | None = None
    drop_time: bool = False
    drop_day: bool = False
    unit: str = ""
    values: Mapping[str, str] | None = None

    def number(self, text: str) -> Exact | None:
        """The number that a text is, with the marks that the mapping says; None where it is none."""
        if not self.decimal:
            return read_number(text)
        if len(text) > LONGEST_NUMBER:
            return None
        thousands = re.escape(self.thousands)
        if self.thousands == " ":
            text = re.sub("[\u00a0\u202f\u2009]", " ", text)  # the blanks that programs put between thousands
        grouped = f"[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|" if self.thousands else ""
        if not re.fullmatch(f"[-−]?(?:{grouped}[0-9]+)(?:{re.escape(self.decimal)}[0-9]+)?", text, re.ASCII):
            return None
        tidy = text.replace(self.thousands, "") if self.thousands else text
        return simplest(Fraction(tidy.replace(self.decimal, ".").replace("−", "-")))

    def doubt(self, text: str, always: bool) -> Refusal | None:
        """Why a number cannot be taken: a dot before three digits stands between thousands in half of the world. Counts
        and money do not need it (`always`); other numbers do, where nothing says that the dot is the decimal mark."""
        if self.decimal or not (always or self.dots_in_doubt) or not _THOUSANDS.fullmatch(text):
            return None
        one, other = plain(read_number(text) or 0), text.replace(".", "")
        certain = f"{one}0" if _THOUSANDS.fullmatch(one) else one
        return Refusal(
            "facts-bad-value", f"{quoted(text)} could be {one} or {other}", f"write `{certain}` or `{other}`"
        )


AS_FACTS = Style()
"""Values are written as facts write them."""

_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)

_TOKENS: Mapping[str, str] = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MMM": "(?P<name>[A-Za-z]{3})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
}
_TOKEN = re.compile("|".join(_TOKENS))
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AP]M)?$", re.ASCII | re.IGNORECASE)


@frozen
class DateFormat:
    """A format of dates in the letters YYYY, MM or M or MMM (`Jan`), DD or D; what stands between them stands for
    itself. Without a day it is a format of months."""

    text: str
    pattern: re.Pattern[str]

    @property
    def has_day(self) -> bool:
        return "day" in self.pattern.groupindex

    def read(self, text: str) -> tuple[int, int, int] | None:
        """Year, month and day (1 where the format has none) of a text; None where it is not written so."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        parts = found.groupdict()
        name = parts.get("name")
        if name is not None and name.lower() not in _NAMES:
            return None
        month = _NAMES.index(name.lower()) + 1 if name is not None else int(parts["month"])
        return int(parts["year"]), month, int(parts.get("day") or 1)

    def fits(self, text: str) -> bool:
        """Whether the text is a day, or month, that exists and is written so."""
        parts = self.read(text)
        if parts is None:
            return False
        try:
            datetime.date(*parts)
        except ValueError:
            return False
        return True


def date_format(text: str) -> DateFormat | None:
    """The format that a text describes; None where it says no year or no month, or one of them twice."""
    pieces, last = [], 0
    for token in _TOKEN.finditer(text):
        pieces += [re.escape(text[last : token.start()]), _TOKENS[token[0]]]
        last = token.end()
    try:
        pattern = re.compile("".join([*pieces, re.escape(text[last:])]), re.ASCII)
    except re.error:  # a part of the date twice
        return None
    groups = pattern.groupindex.keys()
    if "year" not in groups or len(groups & {"month", "name"}) != 1:
        return None
    return DateFormat(text, pattern)


def without_time(text: str) -> str:
    """A text without the time of day at its end."""
    return _TIME.sub("", text)
