"""What a spreadsheet program makes of the formulas of a report: a small evaluator of its own, in exact numbers."""

from __future__ import annotations

import io
import re
from fractions import Fraction
from typing import Any

import openpyxl

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Z]+)(?=\()|(?P<cell>[A-Z]+\d+)|(?P<sign>[-+*/(),:]))")
_FUNCTIONS = {"MAX": max, "MIN": min, "SUM": sum}


class Workbook:
    """A workbook with its formulas worked out; `values` has what stands beside them in the file."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)

    def value(self, sheet: str, cell: str) -> Any:
        """What a cell shows: the number of a formula, or what stands in it."""
        found = self.book[sheet][cell].value
        if isinstance(found, str) and self.book[sheet][cell].data_type == "f":
            return _Formula(self, sheet, found.removeprefix("=")).value()
        return Fraction(repr(found)) if isinstance(found, int | float) else found


class _Formula:
    def __init__(self, workbook: Workbook, sheet: str, text: str) -> None:
        self._workbook, self._sheet = workbook, sheet
        self._tokens = [(match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(text)]
        assert "".join(word for _, word in self._tokens) == text, f"not understood: {text}"

    def value(self) -> Fraction:
        found = self._sum()
        assert not self._tokens, self._tokens
        return found

    def _next(self) -> str:
        return self._tokens[0][1] if self._tokens else ""

    def _take(self) -> tuple[str, str]:
        return self._tokens.pop(0)

    def _sum(self) -> Fraction:
        found = self._product()
        while self._next() in ("+", "-"):
            sign = self._take()[1]
            other = self._product()
            found = found + other if sign == "+" else found - other
        return found

    def _product(self) -> Fraction:
        found = self._one()
        while self._next() in ("*", "/"):
            found = found * self._one() if self._take()[1] == "*" else found / self._one()
        return found

    def _one(self) -> Fraction:
        kind, word = self._take()
        if word == "-":
            return -self._one()
        if kind == "number":
            return Fraction(word)
        if kind == "cell":
            return self._number(word)
        if kind == "name":
            assert self._take()[1] == "("
            given = self._arguments()
            return Fraction(_FUNCTIONS[word](given))
        assert word == "("
        found = self._sum()
        assert self._take()[1] == ")"
        return found

    def _arguments(self) -> list[Fraction]:
        """What a function is given: numbers, and those of ranges, of which what is no number is not counted."""
        given: list[Fraction] = []
        while True:
            if len(self._tokens) > 1 and self._tokens[1][1] == ":":
                first = self._take()[1]
                self._take()
                cells = self._workbook.book[self._sheet][f"{first}:{self._take()[1]}"]
                values = [self._workbook.value(self._sheet, each.coordinate) for row in cells for each in row]
                given += [each for each in values if isinstance(each, Fraction)]
            else:
                given.append(self._sum())
            if self._take()[1] == ")":
                return given

    def _number(self, cell: str) -> Fraction:
        """The number in a cell; an empty one is 0, a text an error as in a spreadsheet."""
        found = self._workbook.value(self._sheet, cell)
        assert found is None or isinstance(found, Fraction), f"{cell} is {found!r}: #VALUE!"
        return found or Fraction(0)
