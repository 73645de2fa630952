"""A slot is a place that a value is read into: a field of a record, an argument of a measure, or its value."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import assert_never

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Field, Formal
from attain_compiler.model.types import (
    NEVER,
    NEVER_MONTH,
    BandType,
    Duration,
    EntityType,
    EnumType,
    EnumValue,
    Quantity,
    RecordType,
    SetType,
    Simple,
    Type,
    Value,
)
from attain_engine.facts.numerals import grouped


@frozen
class Slot:
    """`name` is for messages; the ends `low` and `high` are included (None: open)."""

    name: str
    type: Type
    low: Value | None = None
    high: Value | None = None
    or_never: bool = False

    @property
    def never(self) -> Value | None:
        """The value that `never` stands for here; None for what is neither a date nor a month."""
        if not isinstance(self.type, Simple):
            return None
        return NEVER if self.type.kind == "date" else NEVER_MONTH if self.type.kind == "month" else None

    @property
    def rule(self) -> str:
        """What the policy says about a value here: `paid_seats` is a whole number from 0 to 10_000_000."""
        never = ", or `never`" if self.or_never else ""
        return f"`{self.name}` is {kind_in_words(self.type)}{self.ends}{never}"

    @property
    def ends(self) -> str:
        """The bounds in words, with a blank before them; empty where there are none."""
        if self.low is not None and self.high is not None:
            return f" from {as_written(self.low, self.type)} to {as_written(self.high, self.type)}"
        if self.low is not None:
            return f" of at least {as_written(self.low, self.type)}"
        if self.high is not None:
            return f" of at most {as_written(self.high, self.type)}"
        return ""


def field_slot(field: Field) -> Slot:
    """The slot of a field. A count of a row is 0 or more unless its bounds say otherwise."""
    low = 0 if field.low is None and field.type == Quantity("count") else field.low
    return Slot(field.name, field.type, low, field.high, field.or_never)


def argument_slot(formal: Formal) -> Slot:
    """The slot of an argument of a measure that is given straight."""
    return Slot(formal.name, formal.type)


def kind_in_words(type: Type) -> str:
    """What a value of this type is: `a whole number`, `an amount in USD`, `a value of Track`."""
    match type:
        case Quantity(kind="money", currency=currency):
            return f"an amount in {currency}"
        case Quantity(kind=kind):
            words = {"count": "a whole number", "points": "a number of points", "percent": "a percentage"}
            return words.get(kind, "a number")
        case Simple(kind=kind):
            return "yes or no" if kind == "flag" else "text" if kind == "text" else f"a {kind}"
        case EnumType():
            return f"a value of `{type}`"
        case EntityType():
            return f"the identifier of a `{type}`"
        case SetType(element=element):
            return f"a list, each item {kind_in_words(element)}"
        case RecordType():
            return f"a row of `{type}`"
        case BandType():
            return "a band"
        case _:
            assert_never(type)


def how_to_give(type: Type) -> str:
    """A help line for a value that is nothing like one of this type."""
    match type:
        case Quantity(kind="money", currency=currency):
            return f"write a number, such as `1530`, or with its currency, `1530 {currency}`"
        case Quantity(kind="percent"):
            return "write it with its sign, such as `40%`, or as the fraction `0.4`"
        case Quantity(kind="count"):
            return "write a number, such as `120`"
        case Quantity():
            return "write a number, such as `120` or `0.5`"
        case Simple(kind="date"):
            return "write year, month and day, as in `2024-06-30`"
        case Simple(kind="month"):
            return "write the year and the month, as in `2024-06`"
        case Simple(kind="duration"):
            return "write it as `90 days`, `6 weeks`, `12 months` or `2 years`"
        case Simple(kind="flag"):
            return "write true or false"
        case EnumType() | EntityType() | Simple():
            return "write it in quotes"
        case SetType():
            return "write a list: [ ... ]"
        case RecordType() | BandType():
            return "have the author of the policy give the field another type"
        case _:
            assert_never(type)


def as_written(value: Value, type: Type) -> str:
    """A value as a policy writes it: `1_000`, `40%`, `100 USD`, `2024-06`, `90 days`."""
    match value, type:
        case bool(), _:
            return "yes" if value else "no"
        case int(), Simple(kind="month"):
            return "never" if value == NEVER_MONTH else f"{value // 12:04}-{value % 12 + 1:02}"
        case datetime.date(), _:
            return "never" if value == NEVER else value.isoformat()
        case Duration(), _:
            return duration_text(value)
        case EnumValue(name=name), _:
            return name
        case str(), _:
            return value
        case frozenset(), SetType(element=element):
            return "{ " + ", ".join(sorted(as_written(each, element) for each in value)) + " }"
        case int() | Fraction(), Quantity(kind="percent"):
            return f"{grouped(value * 100)}%"
        case int() | Fraction(), Quantity(kind="money", currency=currency):
            return f"{grouped(value)} {currency}"
        case int() | Fraction(), _:
            return grouped(value)
        case _:
            raise TypeError(f"facts have no value such as {value!r}")


def duration_text(duration: Duration) -> str:
    """`2 years` is written as its 24 months, `6 weeks` as its 42 days."""
    parts = [
        f"{amount} {unit}{'' if amount == 1 else 's'}"
        for amount, unit in ((duration.months, "month"), (duration.days, "day"))
        if amount
    ]
    return " ".join(parts) or "0 days"
