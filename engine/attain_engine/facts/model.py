"""What is known about one organisation, checked and in the types of the policy.

Values are those of `attain_compiler.model.types`. Every row has every field of its record: a default is filled in, a
missing date of `or never` is `NEVER`, and a missing optional value is `UNKNOWN`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model.types import Value
from attain_engine.facts.problem import FactsProblem


class NewIdentifier(str):
    """An identifier that a change makes: like any other, but none that the facts or the policy have, known or not."""

    __slots__ = ()


class _Unknown(Enum):
    """The value of a field that may be missing, and is. It is equal to itself and to nothing else."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "unknown"

    def __str__(self) -> str:
        return "unknown"


UNKNOWN: Final = _Unknown.UNKNOWN
Unknown: TypeAlias = Literal[_Unknown.UNKNOWN]


@frozen
class Origin:
    """Where a row came from.

    `file` is the path as it was given (empty: an example); `table` the record's name; `row` counts the rows of its
    table from 1; `line` is the line of a CSV file on which the row begins, or the row of the `sheet` (None elsewhere).
    `sheet` is the name of the sheet of a workbook or the table of a database.
    """

    file: str
    table: str
    row: int
    line: int | None = None
    sheet: str = ""

    @property
    def name(self) -> str:
        """The place for people: `Usage row 12 (usage.csv line 13)`."""
        place = f"{self.table} row {self.row}"
        if not self.file:
            return place
        file = self.file.replace("\\", "/").rpartition("/")[2]
        if self.sheet:
            file = f"{file} {self.sheet}" if self.line is None else f"{file} {self.sheet}!{self.line}"
            return f"{place} ({file})"
        return f"{place} ({file})" if self.line is None else f"{place} ({file} line {self.line})"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of the record with this id. Rows are themselves and equal to no other, whatever they hold."""

    record: str
    values: Mapping[str, Value | Unknown]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an organisation.

    `organisation` is its name in reports. `tables` holds the rows of each record that was given, by the record's id: an
    absent record was not given (what it holds is unknown, unless the facts are `closed`: then it is empty); an empty
    table is known to be empty. `values` are measures and defines that were given straight, by id and argument values.
    `as_of` is the date that the facts describe, if they say so. `unused` names what was given and is of no record of
    the policy: tables that are there for other policies. `remarks` are doubts about what was
    given. `raised` is what a plan adds to measures, by id and argument values.
    """

    organisation: str
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    values: Mapping[tuple[str, tuple[Value, ...]], Value] = field(default_factory=dict)
    closed: bool = False
    as_of: datetime.date | None = None
    unused: tuple[str, ...] = ()
    remarks: tuple[FactsProblem, ...] = ()
    raised: Mapping[tuple[str, tuple[Value, ...]], Fraction | int] = field(default_factory=dict)
