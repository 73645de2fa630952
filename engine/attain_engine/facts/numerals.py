"""Exact numbers and how they are written. No float occurs."""

from __future__ import annotations

import re
from fractions import Fraction

Exact = int | Fraction

LONGEST_NUMBER = 100
"""A number with more characters than these, or an exponent beyond it, is refused: nothing real is so large, and working
one out could take for ever."""

_WHOLE = re.compile(r"-?[0-9]+(?:_[0-9]+)*", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+(?:_[0-9]+)*\.[0-9]+(?:_[0-9]+)*", re.ASCII)
_FRACTION = re.compile(r"-?[0-9]+/0*[1-9][0-9]*", re.ASCII)
_EXPONENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]+)", re.ASCII)


def simplest(number: Exact) -> Exact:
    """A whole Fraction as an int, everything else as it is."""
    return number.numerator if type(number) is Fraction and number.denominator == 1 else number


def read_number(text: str) -> Exact | None:
    """`12`, `-1_000`, `0.5` or, for what has no decimals, `1/3`; None for anything else."""
    if len(text) > LONGEST_NUMBER:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) or _FRACTION.fullmatch(text):
        return simplest(Fraction(text.replace("_", "")))
    return None


def read_json_number(text: str) -> Exact | None:
    """A number as JSON writes it, with an exponent if need be; None where it is too long to be meant."""
    if len(text) > LONGEST_NUMBER:
        return None
    parts = _EXPONENT.fullmatch(text)
    if parts is None:
        return simplest(Fraction(text))
    exponent = int(parts[2])
    if abs(exponent) > LONGEST_NUMBER:
        return None
    return simplest(Fraction(parts[1]) * Fraction(10) ** exponent)


def has_decimals(number: Exact) -> bool:
    """Whether the number can be written exactly with finitely many decimals."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def plain(number: Exact) -> str:
    """The number exactly, as facts write it: `1000`, `0.5`, `1/3`."""
    return _written(number, "")


def grouped(number: Exact) -> str:
    """The number exactly, as a policy writes it: `1_000`, `0.5`, `1/3`."""
    return _written(number, "_")


def _written(number: Exact, separator: str) -> str:
    number = simplest(number)
    if isinstance(number, int):
        return f"{number:{separator}}"
    if not has_decimals(number):
        return f"{number.numerator}/{number.denominator}"
    places = 0
    scaled = Fraction(abs(number))
    while scaled.denominator != 1:
        scaled *= 10
        places += 1
    whole, rest = divmod(scaled.numerator, 10**places)
    return f"{'-' if number < 0 else ''}{whole:{separator}}.{rest:0{places}}"


CURRENCY_SIGNS = "$€£¥"
_NO_SIGNS = str.maketrans("", "", CURRENCY_SIGNS)
_BLANKS = str.maketrans("", "", " '’\u00a0\u202f\u2009")


def how_to_write(text: str, *, whole: bool = False) -> str:
    """A help line for a text that somebody meant as a number (a `whole` one): `write 1000` for `1,000`; empty where
    nothing fits."""
    if len(text) > LONGEST_NUMBER:
        return ""
    if _EXPONENT.fullmatch(text.strip()):
        return "write all its digits: a spreadsheet that shows an exponent has often dropped some"
    tidy = text.translate(_NO_SIGNS).translate(_BLANKS).replace("−", "-").removeprefix("+")
    if re.fullmatch(r"-?[1-9][0-9]{0,2},[0-9]{3}", tidy):
        thousands, decimals = tidy.replace(",", ""), plain(Fraction(tidy.replace(",", ".")))
        return f"write `{thousands}`" + ("" if whole else f", or `{decimals}` if the comma stands before decimals")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", tidy):
        return f"write `{tidy.replace(',', '')}`"
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+", tidy):
        return f"write `{tidy.replace('.', '').replace(',', '.')}`"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", tidy):
        return f"write `{tidy.replace(',', '.')}`"
    if re.fullmatch(r"-?\.[0-9]+", tidy):
        return f"write `{tidy.replace('.', '0.')}`"
    if tidy != text and read_number(tidy) is not None:
        return f"write `{tidy}`"
    return ""
