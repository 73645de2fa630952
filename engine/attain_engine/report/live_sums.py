"""The sums of a worksheet that a spreadsheet works out again, each from the rows below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from attain_engine.assess.exact import Exact
from attain_engine.assess.lines import Line

_SUM: Final = "sum of "
_MOST_ADDENDS: Final = 100
"""So many cells are named in a formula; of more rows the number stands there."""


def live_sums(lines: Sequence[Line], first_row: int, column: str) -> Mapping[int, tuple[str, Fraction]]:
    """The formulas for the column of values, by row, with what they come to. Line by line the worksheet stands in rows
    from the first. What rows that are not named bring to a sum is a number in the row that counts them."""
    found: dict[int, tuple[str, Fraction]] = {}

    def place(line: Line, row: int) -> int:
        """The row after the line and those below it."""
        below: list[tuple[Line, int]] = []
        after = row + 1
        for each in line.lines:
            below.append((each, after))
            after = place(each, after)
        if line.value_exact is not None:
            _add(line.text, line.value_exact, below, row)
        return after

    def _add(text: str, value: Exact, below: Sequence[tuple[Line, int]], row: int) -> None:
        whole = Fraction(value.number)
        valued = [(one.value_exact, at) for one, at in below if one.value_exact is not None and one.counts]
        alike = [(each, at) for each, at in valued if each.unit == value.unit]
        if not text.startswith(_SUM):
            if len(below) == len(alike) == 1 and Fraction(alike[0][0].number) == whole:
                found[row] = f"={column}{alike[0][1]}", whole
            return
        rest = [at for one, at in below if one.kind == "row" and one.value_exact is None and one.counts]
        left = whole - sum((Fraction(each.number) for each, _ in alike), Fraction(0))
        if not alike or len(alike) != len(valued) or len(alike) > _MOST_ADDENDS or len(rest) > 1 or (left and not rest):
            return
        if rest:
            number = f"{left.numerator}/{left.denominator}" if left.denominator > 1 else str(left)
            found[rest[0]] = f"={number}", left
        found[row] = "=" + "+".join(f"{column}{at}" for at in sorted([*(at for _, at in alike), *rest])), whole

    row = first_row
    for line in lines:
        row = place(line, row)
    return found
