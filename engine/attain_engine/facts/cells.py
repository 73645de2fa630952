"""A table of cells with their places: what every format of tables is turned into before the facts are read from it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.facts.numerals import Exact, plain, read_json_number, simplest
from attain_engine.facts.problem import FactsProblem, Refusal
from attain_engine.facts.spelling import quoted

MOST_CELLS = 3_000_000
"""More cells of one table, empty ones counted, are refused before they fill the memory."""

MOST_COLUMNS = 2_000
"""A table has no more columns than these."""

HEADER_WITHIN = 20
"""Headers that stand below a title are looked for in so many rows that are not empty."""

_ERROR = re.compile(r"#(?:N/A|NV|N/D|GETTING_DATA|[^\W\d_][^\W_]*(?:/0)?[!?])")
"""`#N/A`, `#REF!`, `#DIV/0!`, `#NAME?`, and the like in other languages."""

DIGITS_OF_A_SPREADSHEET = 15
"""So many digits of a number a spreadsheet keeps for certain, and shows."""


@frozen
class NumberCell:
    """A number. `percent`: it is shown as a percentage (0.4 as 40%). `padded`: it is shown with zeros before it."""

    value: Exact
    percent: bool = False
    padded: bool = False


@frozen
class DateCell:
    """A date, or a moment; `with_day` is false where only its month is shown."""

    moment: datetime.datetime
    with_day: bool = True


@frozen
class FlagCell:
    value: bool


@frozen
class ListCell:
    items: tuple[Cell, ...]


@frozen
class BadCell:
    """A cell without a value that could be read, and why. `part_of`: it is merged with others, of which that in this
    line (from 1) and column (from 0) has their value."""

    text: str
    refusal: Refusal
    part_of: tuple[int, int] | None = None


Cell: TypeAlias = str | NumberCell | DateCell | FlagCell | ListCell | BadCell
"""A text is itself; the empty one is an empty cell."""


@frozen
class Grid:
    """A table of cells. `rows` are its lines from the top, each with its number in the file (None where it has none);
    the header is one of them. Going through them may raise `Broken`.

    `form` says how the table is written: lines of `csv` may not be of other lengths than the header and have no cells
    but texts; a `sheet` has places such as B7; a `query` is of a database, where every row has every column.
    `dots_in_doubt`: a dot in a number may stand between thousands. `numbers` are those of the rows below the header,
    where they are not 1, 2, 3, ...: some rows of a larger table. `hidden`: the numbers of lines that are not shown,
    `hidden_columns` those of columns (from 0).
    """

    file: str
    form: Literal["csv", "sheet", "query"]
    rows: Iterator[tuple[int | None, list[Cell]]]
    sheet: str = ""
    dots_in_doubt: bool = False
    numbers: Sequence[int] = ()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class Broken(Exception):
    """The rest of a table cannot be read."""

    def __init__(self, message: str, help_line: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.help, self.line = message, help_line, line


class CannotRead(Exception):
    """A file of facts cannot be read; `problem` says why."""

    def __init__(self, problem: FactsProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def cell_of(value: Any) -> Cell:
    """The cell for a value as libraries give it. A number in binary is the shortest decimal that stands for it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return FlagCell(value)
        case int():
            return NumberCell(value)
        case float():
            exact = read_json_number(repr(value)) if math.isfinite(value) else None
            return _no_number(repr(value)) if exact is None else NumberCell(exact)
        case Decimal():
            return NumberCell(simplest(Fraction(value))) if value.is_finite() else _no_number(str(value))
        case datetime.date() if (value.year, value.month, value.day) == (1, 1, 1):
            fix = "leave the value out, or give the date that is meant"
            return _bad("0001-01-01", "is what databases give for no date at all", fix)
        case datetime.datetime():
            if value.tzinfo is not None:
                return _bad(str(value), "has a time zone", "give the date of the day that is meant")
            return DateCell(value)
        case datetime.date():
            return DateCell(datetime.datetime(value.year, value.month, value.day))
        case datetime.time() | datetime.timedelta():
            return _bad(str(value), "is a time of day or a length of time", "write it as text")
        case list() | tuple():
            return ListCell(tuple(cell_of(each) for each in value))
        case bytes():
            return _bad("...", "is not text but bytes", "give the value as text or as a number")
        case _:
            return _bad(str(value), "is of a kind that facts do not have", "give the value as text or as a number")


def _no_number(text: str) -> BadCell:
    return _bad(text, "is not a number that can be worked with", "write a number, or leave the cell empty")


def _bad(text: str, what: str, fix: str) -> BadCell:
    return BadCell(text, Refusal("facts-bad-cell", f"{quoted(text)} {what}", fix))


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether there is nothing in a line but blanks."""
    return all(isinstance(cell, str) and not cell.strip() for cell in cells)


def is_spreadsheet_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows in the place of a value that it could not work out."""
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


def spreadsheet_error(text: str) -> Refusal:
    """Why such a text is no value."""
    fix = "correct the formula, or leave the cell empty if the value is not known"
    return Refusal("facts-bad-cell", f"{quoted(text)} is an error of the spreadsheet", fix)


def cell_text(cell: Cell) -> str:
    """A cell as it is shown in messages, and as a mapping names it."""
    match cell:
        case str():
            return cell
        case NumberCell(value=value, percent=percent):
            return f"{plain(value * 100)}%" if percent else plain(value)
        case DateCell(moment=moment):
            whole = moment.time() == datetime.time()
            return moment.date().isoformat() if whole else moment.isoformat(" ")
        case FlagCell(value=value):
            return "true" if value else "false"
        case ListCell(items=items):
            return " | ".join(cell_text(each) for each in items)
        case BadCell(text=text):
            return text


def digits(number: Exact) -> int:
    """How many significant digits a number with finitely many decimals has."""
    return len(plain(number).lstrip("-").replace(".", "").strip("0"))


def column_letters(number: int) -> str:
    """The letters of a column of a sheet, counted from 0: A, B, ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
