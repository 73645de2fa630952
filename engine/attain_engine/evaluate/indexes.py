"""The rows of a record, and what finds them by their fields."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

from attain_engine.evaluate.values import SETTLED
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition

Item: TypeAlias = tuple[Row, Condition]
"""A row, and the condition on which it counts."""


class Rows:
    """The rows of a record that count, each with the condition on which it does, and what finds them by their fields:
    the rows by the values of these fields, and apart those where such a value is not settled."""

    __slots__ = ("_indexes", "_within", "items")

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self._indexes: dict[tuple[str, ...], tuple[dict[tuple[object, ...], list[Item]], list[Item]]] = {}
        self._within: dict[tuple[str, frozenset[object]], tuple[list[Item], bool]] = {}

    def by(self, fields: tuple[str, ...]) -> tuple[dict[tuple[object, ...], list[Item]], list[Item]]:
        """The index over some fields."""
        known = self._indexes.get(fields)
        if known is None:
            index: defaultdict[tuple[object, ...], list[Item]] = defaultdict(list)
            loose: list[Item] = []
            for item in self.items:
                values = item[0].values
                key = tuple([values[name] for name in fields])
                if SETTLED.issuperset(map(type, key)):
                    index[key].append(item)
                else:
                    loose.append(item)
            known = self._indexes[fields] = (dict(index), loose)
        return known

    def within(self, field: str, values: frozenset[object]) -> tuple[list[Item], bool]:
        """The rows with one of these values in a field and those where it is not settled, in their order; and whether
        it is settled in all of these."""
        known = self._within.get((field, values))
        if known is None:
            kept: list[Item] = []
            settled = True
            for item in self.items:
                value = item[0].values[field]
                if type(value) not in SETTLED:
                    settled = False
                    kept.append(item)
                elif value in values:
                    kept.append(item)
            known = self._within[field, values] = kept, settled
        return known
