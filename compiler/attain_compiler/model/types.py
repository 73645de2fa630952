"""The types of the language, and the values that constants have.

Values, by type (they are the same in the evaluator, in the facts and in the reports):

- count, number, points, percent, money: `fractions.Fraction` or `int`, exact. 40 % is `Fraction(2, 5)`; money is in
  whole currency units (12.50 USD is `Fraction(25, 2)`).
- date: `datetime.date`; `never` is `NEVER`, which is later than every date.
- month: `int`, `year * 12 + month - 1`; the month of `never` is `NEVER_MONTH`.
- duration: `Duration(months, days)`.
- flag: `bool`.  text, entity: `str`.  enum: `EnumValue(enum_id, name)`.
- set: `frozenset` of values.  band: `Band`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from functools import total_ordering
from typing import TypeAlias

from attain_compiler.frozen import frozen

NEVER = datetime.date.max
NEVER_MONTH = NEVER.year * 12 + NEVER.month - 1


@total_ordering
@dataclass(frozen=True, slots=True)
class Duration:
    """Months and days; a week is 7 days, a year 12 months. Adding it to a date adds the months first (a day that the
    target month lacks becomes its last day), then the days.

    The longer one of two is greater. Months and days are compared by the average month: of 400 years, which are 146,097
    days, the 4,800th part; so 30 days are less than a month, and 31 days are more.
    """

    months: int
    days: int

    def times(self, number: int | Fraction) -> Duration:
        """The duration so many times: a whole number, however it is held."""
        return Duration(int(self.months * number), int(self.days * number))

    def __lt__(self, other: Duration) -> bool:
        return self._length() < other._length()

    def _length(self) -> tuple[int, int]:
        return self.months * 146_097 + self.days * 4_800, self.months


@dataclass(frozen=True, slots=True, order=True)
class EnumValue:
    """A value of an enum: the enum's id and the value's name."""

    enum: str
    name: str

    # As a dataclass would, but quicker: evaluation compares little else so often.
    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return other.__class__ is EnumValue and self.name == other.name and self.enum == other.enum

    def __hash__(self) -> int:
        return hash(self.name)

    def __str__(self) -> str:
        return self.name


@frozen
class Band:
    """A range of numbers, dates or months; a missing end is open."""

    low: Value | None
    high: Value | None
    low_included: bool = True
    high_included: bool = True

    def __contains__(self, value: object) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and not self.low_included)):  # type: ignore[operator]
            return False
        return not (
            self.high is not None and (value > self.high or (value == self.high and not self.high_included))  # type: ignore[operator]
        )


Value: TypeAlias = int | Fraction | bool | str | datetime.date | Duration | EnumValue | Band | frozenset["Value"]


@frozen
class Quantity:
    """A number with its unit: `kind` is count, number, points, percent or money, then with its `currency`. That of a
    rate is `USD a month`, so that no amount and no other rate is like it. `shown` is `year` of a count that is the year
    of a date: it is a count like any other, and shown without a mark between thousands."""

    kind: str
    currency: str = ""
    shown: str = field(default="", compare=False)

    @property
    def period(self) -> str:
        """The `month` of a rate in `USD a month`; empty where it is none."""
        return self.currency.partition(" a ")[2]

    @property
    def paid(self) -> Quantity:
        """What a rate comes to in a time: an amount in its currency."""
        return Quantity(self.kind, self.currency.partition(" a ")[0])

    def __str__(self) -> str:
        return f"{self.kind} {self.currency}".rstrip()


@frozen
class Simple:
    """date, month, duration, flag or text."""

    kind: str

    def __str__(self) -> str:
        return self.kind


OR_NONE = " or none"


@frozen
class EnumType:
    """`id` is the enum's; with ` or none` behind it, that of its values and one more, `none`: no value at all."""

    id: str

    @property
    def or_none(self) -> bool:
        return self.id.endswith(OR_NONE)

    @property
    def base(self) -> EnumType:
        """The type of the values without `none`."""
        return EnumType(self.id.removesuffix(OR_NONE))

    @property
    def none(self) -> EnumValue:
        """What a field is that has no value."""
        return EnumValue(self.base.id + OR_NONE, "none")

    def __str__(self) -> str:
        return self.id.rpartition(".")[2]


@frozen
class EntityType:
    id: str

    def __str__(self) -> str:
        return self.id.rpartition(".")[2]


@frozen
class RecordType:
    """A row of the record."""

    id: str

    def __str__(self) -> str:
        return self.id.rpartition(".")[2]


@frozen
class SetType:
    element: Type

    def __str__(self) -> str:
        return f"set of {self.element}"


@frozen
class BandType:
    element: Type

    def __str__(self) -> str:
        return f"band of {self.element}"


Type: TypeAlias = Quantity | Simple | EnumType | EntityType | RecordType | SetType | BandType

YEAR = Quantity("count", shown="year")
COUNT, NUMBER, POINTS, PERCENT = Quantity("count"), Quantity("number"), Quantity("points"), Quantity("percent")
DATE, MONTH, DURATION, FLAG, TEXT = Simple("date"), Simple("month"), Simple("duration"), Simple("flag"), Simple("text")
