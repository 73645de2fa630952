"""What is asked of one day: on what condition the two editions decide something differently."""

from __future__ import annotations

import datetime
from typing import Any

from attain_compiler.model.types import Type
from attain_engine.compare.items import Item
from attain_engine.compare.models import Direction
from attain_engine.compare.opening import Opening, only_shared_values, opened
from attain_engine.compare.sides import SIDES, Side, Sides
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.values import compare
from attain_engine.open.conditions import Condition, conjunction, negation


class Asking:
    """Everything that is asked of one day, with one set of what is affected."""

    def __init__(self, sides: Sides, on: datetime.date) -> None:
        self.sides = sides
        self.on = on
        self._evaluators: dict[tuple[Side, int, frozenset[str]], tuple[Evaluator, Opening]] = {}
        self._openings: dict[Any, Opening] = {}

    def difference(
        self, item: Item, type_: Type, direction: Direction, opening: Opening, *, computed: frozenset[str]
    ) -> Condition:
        """On what the editions differ on an item, in one direction, within the law."""
        base, head = (self._found(side, item, opening, computed) for side in SIDES)
        if item.is_truth:
            once, now = (base, head) if direction == "stricter" else (head, base)
            return conjunction((opening.lawful, once, negation(now)))
        if direction == "different":
            return conjunction((opening.lawful, compare("!=", base, head)))
        return conjunction((opening.lawful, compare("<" if direction == "stricter" else ">", head, base)))

    def _found(self, side: Side, item: Item, opening: Opening, computed: frozenset[str]) -> Any:
        evaluator = self.evaluator(side, opening, computed)
        owner = item.owner
        if item.kind == "part" and owner in self.sides.affected:
            owner = f"{owner}@{side}"
        return item.found(evaluator, owner)

    def evaluator(self, side: Side, opening: Opening, computed: frozenset[str]) -> Evaluator:
        """One side over opened rows."""
        key = (side, id(opening), computed)
        if key not in self._evaluators:  # the opening is kept, so that no other can come to have its identity
            made = self.sides.evaluator(side, self.on, opening.tables, computed=computed, known=opening.known)
            self._evaluators[key] = made, opening
        return self._evaluators[key][0]

    def opening(self, records: frozenset[str], size: int) -> Opening:
        """So many open rows of these records, and the one row of each single one."""
        key = (records, size)
        if key not in self._openings:
            singles = {
                name
                for program in self.sides.programs.values()
                for name, each in program.records.items()
                if each.single
            }
            made = opened(
                self.sides, self.on, {**dict.fromkeys(sorted(records), size), **dict.fromkeys(sorted(singles), 1)}
            )
            shared = only_shared_values(self.sides, made)
            self._openings[key] = Opening(made.tables, made.known, conjunction((made.lawful, shared)))
        return self._openings[key]
