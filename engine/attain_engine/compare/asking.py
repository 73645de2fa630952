"""What is asked of one day: on what condition the two editions decide something differently."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Entry, Table
from attain_engine.compare.examples import Organisation
from attain_engine.compare.items import Contrast, Item
from attain_engine.compare.lemmas import Lemmas
from attain_engine.compare.models import Direction
from attain_engine.compare.opening import Dates, Opening, only_shared_values, opened
from attain_engine.compare.patience import PATIENCE
from attain_engine.compare.sides import SIDES, Side, Sides
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.values import compare
from attain_engine.facts.model import Facts, Row
from attain_engine.open.conditions import Condition, conjunction, negation
from attain_engine.solve.certain import Completion, completion
from attain_engine.solve.deadline import look

MOST_DAYS = 6
"""As of so many days something is asked that an organisation says the date of."""


@frozen
class Shown:
    """Facts that show a difference on a day, and the measures that were worked out from their rows."""

    on: datetime.date
    facts: Facts
    computed: frozenset[str]
    direction: Direction


class Asking:
    """Everything that is asked of one day, with one set of what is affected."""

    def __init__(self, sides: Sides, on: datetime.date, shown: list[Shown] | None = None) -> None:
        """`shown` is what was shown for other items, of all days: it is tried first."""
        self.apart: dict[int, bool] = {}
        """Whether something that is affected differs on an organisation of an example, by its identity."""
        self.given: dict[tuple[Side, int], Evaluator] = {}
        """The editions as they are written on such an organisation."""
        self.sides = sides
        self.on = on
        self.shown = [] if shown is None else shown
        self.moved: dict[int, tuple[Facts, Mapping[Any, Any]]] = {}
        """Such facts, by their identity, as they would be on this day, and the values of definitions in them."""
        self.brought: dict[int, Organisation] = {}
        """The organisations of examples of other days, by their identity, as they would be on this day."""
        self._evaluators: dict[tuple[Side, int, frozenset[str]], tuple[Evaluator, Opening]] = {}
        self._both: dict[tuple[Item, int, frozenset[str]], tuple[tuple[Condition, Any, Any], Opening]] = {}
        self.rows: dict[tuple[int, Condition], Mapping[str, tuple[Row, ...]] | None] = {}
        """Rows that were found for a condition on an opening."""
        self.copies: dict[Any, Mapping[str, tuple[Row, ...]]] = {}
        """Rows that were put together from such rows."""
        self.counts: list[int] = []
        """How many copies are made of rows."""
        self._with_rows: dict[Any, tuple[Opening, Mapping[str, tuple[Row, ...]]]] = {}
        self._lemmas = Lemmas(sides, on, self.evaluator, lambda: self.opening(frozenset(), 0))
        self._openings: dict[Any, Opening] = {}

    def difference(self, contrast: Contrast, opening: Opening, *, computed: frozenset[str]) -> Condition:
        """On what the editions differ on an item, in one direction, within the law. Raises OutOfTime."""
        item, direction = contrast.item, contrast.direction
        lawful, base, head = self.both(item, opening, computed=computed)
        if item.is_truth:
            once, now = (base, head) if direction == "stricter" else (head, base)
            return conjunction((lawful, once, negation(now)))
        if direction == "different":
            return conjunction((lawful, compare("!=", base, head)))
        return conjunction((lawful, compare("<" if direction == "stricter" else ">", head, base)))

    def both(self, item: Item, opening: Opening, *, computed: frozenset[str]) -> tuple[Condition, Any, Any]:
        """What the law is, and what the editions say of an item; once for both directions. Raises OutOfTime."""
        look()
        key = (item, id(opening), computed)
        if key not in self._both:  # the opening is kept, so that no other can come to have its identity
            base, head = (self._found(side, item, opening, computed) for side in SIDES)
            lawful = conjunction((opening.lawful, *self._lemmas.about((base, head), computed)))
            self._both[key] = (lawful, base, head), opening
        return self._both[key][0]

    def days(self) -> list[datetime.date]:
        """The day that is asked about, and those on which parameters that are affected begin or end otherwise, the
        latest first: what is asked as of another day may differ only there."""
        found: set[datetime.date] = set()
        for name in self.sides.affected:
            both = [each.bare.get(name) for each in self.sides.editions.both]
            entries = [set(each.entries) if isinstance(each, Table) else set[Entry]() for each in both]
            for entry in entries[0] ^ entries[1]:
                found |= {each for each in (entry.force_from, entry.force_to) if each is not None}
        return list(dict.fromkeys((self.on, *sorted(found - {datetime.date.max}, reverse=True))))[:MOST_DAYS]

    @staticmethod
    def completed(condition: Condition, opening: Opening) -> Completion | None:
        """A way in which a condition holds, with dates near the day that is asked about if there is one; None if there
        is none."""
        near = completion(conjunction((condition, opening.near)), patience=PATIENCE)
        return near if near is not None or opening.near is True else completion(condition, patience=PATIENCE)

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
            made = self.sides.evaluator(
                side, self.on, opening.tables, computed=computed, known=opening.known, values=opening.given
            )
            self._evaluators[key] = made, opening
        return self._evaluators[key][0]

    def with_rows(
        self,
        tables: Mapping[str, tuple[Row, ...]],
        given: Mapping[Any, Any] | None = None,
        dates: Dates = frozenset(),
    ) -> Opening:
        """These rows, and the one row of each single record open but for its `dates`, beside given values of
        definitions; once for all items."""
        key = (id(tables), id(given), dates)
        if key not in self._with_rows:  # they are kept, so that no others can come to have their identity
            nothing = self.opening(frozenset(), 0, dates)
            rows = {name: [(row, True) for row in each] for name, each in tables.items()}
            together = {**self._no_rows(), **nothing.tables, **rows}
            self._with_rows[key] = replace(nothing, tables=together, closed=True, given=given), tables
        return self._with_rows[key][0]

    def opening(self, records: frozenset[str], size: int, dates: Dates = frozenset()) -> Opening:
        """So many open rows of these records, and the one row of each single one, of which some `dates` are told."""
        key = (records, size, dates)
        if key not in self._openings:
            singles = {
                name
                for program in self.sides.programs.values()
                for name, each in program.records.items()
                if each.single
            }
            sizes = {**dict.fromkeys(sorted(records), size), **dict.fromkeys(sorted(singles), 1)}
            made = opened(self.sides, self.on, sizes, dict(dates))
            shared = only_shared_values(self.sides, made)
            tables = {**self._no_rows(), **made.tables} if records else made.tables
            self._openings[key] = replace(
                made, tables=tables, lawful=conjunction((made.lawful, shared)), closed=bool(records)
            )
        return self._openings[key]

    def _no_rows(self) -> dict[str, list[tuple[Row, Condition]]]:
        """Every record without a row: what an entity is can be told only where no record may name more."""
        return {name: [] for program in self.sides.programs.values() for name in program.records}
