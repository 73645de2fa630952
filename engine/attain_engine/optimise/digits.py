"""Totals too large for HiGHS, written in digits: the first digit is least first, then the next, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attain_engine.solve.rows import Rows

Digits: TypeAlias = tuple[int, ...]
"""What one unit of each digit is worth, the first digit's worth first; the last is 1."""

BASE = 10**3
"""The base of the digits; in rows that say them it is a coefficient, which must be small against HiGHS's tolerances."""

LARGEST_TOTAL = 10**8
"""A total up to this is a digit by itself."""


def digits_of(rows: Rows, terms: Mapping[int, int]) -> Digits:
    """The digits in which the total of these terms is written."""
    worth = [1]
    most = rows.most(terms, 0)
    while most > LARGEST_TOTAL:
        most //= BASE
        worth.append(worth[-1] * BASE)
    return tuple(reversed(worth))


def digits_rows(rows: Rows, terms: Mapping[int, int], digits: Digits) -> tuple[tuple[dict[int, int], int], ...]:
    """The objectives, most important first, that are least together just if the total is; their rows are added.

    From the last digit on: what the lower halves of the weights add up to, and what was carried, is a digit below BASE
    and so many BASE, which are carried on."""
    if len(digits) == 1:
        return ((dict(terms), 0),)
    found: list[tuple[dict[int, int], int]] = []
    left = dict(terms)
    for _ in digits[:-1]:
        low_halves = {column: weight % BASE for column, weight in left.items() if weight % BASE}
        _, most = rows.span(low_halves)
        carry, digit = rows.column(0, int(most) // BASE), rows.column(0, BASE - 1)
        row = {**low_halves, carry: -BASE, digit: -1}
        rows.rows.append((row, 0, 0))
        found.append(({digit: 1}, 0))
        left = {column: weight // BASE for column, weight in left.items() if weight // BASE}
        left[carry] = 1
    found.append((left, 0))
    return tuple(reversed(found))


def written(total: int, digits: Digits) -> tuple[int, ...]:
    """A total in these digits."""
    found = []
    for worth in digits:
        found.append(total // worth)
        total %= worth
    return tuple(found)
