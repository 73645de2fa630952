"""Numbers of an answer for programs: exact, with their unit, beside the text that people read."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict

from attain_compiler.model.types import Quantity, Type


class Exact(BaseModel):
    """`number` is exact: a decimal (`69.985`) where it has a finite one, else a fraction in lowest terms (`41/3`);
    `fractions.Fraction(number)` reads both. `unit` is `points`, `count`, `number`, `%` (the number is then in percent)
    or a currency (`USD`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    unit: str

    @classmethod
    def of(cls, number: int | Fraction, unit: str) -> Exact:
        """A number in a unit."""
        return cls(number=_text(Fraction(number)), unit=unit)


def exact(value: Any, type_: Type) -> Exact | None:
    """A number of a quantity; None for what is no number, and for one that is not known."""
    if not isinstance(type_, Quantity) or isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        return None
    match type_:
        case Quantity(kind="percent"):
            return Exact.of(Fraction(value) * 100, "%")
        case Quantity(kind="money", currency=currency):
            return Exact.of(value, currency)
        case _:
            return Exact.of(value, type_.kind)


def _text(value: Fraction) -> str:
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1 or value.denominator == 1:
        return str(value)
    places = max(twos, fives)
    digits = f"{abs(value) * 10**places!s}".rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
