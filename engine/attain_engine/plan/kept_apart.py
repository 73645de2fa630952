"""Rows that a record's `unique` keeps apart, while it is open which of them there are and what their fields come to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from attain_engine.evaluate.values import OPEN, Cases, Unknown, compare
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation
from attain_engine.open.unknowns import rests_on_unknowns


def apart(
    rows: Sequence[tuple[Row, Condition]], fields: Sequence[str], touched: Collection[Row], *, any_order: bool
) -> Iterator[Condition]:
    """That no two rows, each with the condition on which it is there, are alike in these fields, but for rows that no
    change has `touched`. In any order it is open what a field comes to: then it is said of settled fields only."""
    for alike in _parted(rows, [field for field in fields if all(_is_settled(row.values[field]) for row, _ in rows)]):
        settled = [each for each in alike if all(_is_settled(each[0].values[field]) for field in fields)]
        if len(settled) > 1 and any(row in touched for row, _ in settled):
            for same in _parted(settled, fields):
                if len(same) > 1:
                    number = quantities.weighted((condition, 1) for _, condition in same)
                    yield quantities.compare("<=", number, 1)
        if not any_order and len(settled) < len(alike):
            yield from _two_by_two(alike, fields, touched, {row for row, _ in settled})


def _two_by_two(
    rows: Sequence[tuple[Row, Condition]], fields: Sequence[str], touched: Collection[Row], done: Collection[Row]
) -> Iterator[Condition]:
    for place, (one, there) in enumerate(rows):
        for other, here in rows[place + 1 :]:
            if (one in touched or other in touched) and (one not in done or other not in done):
                same_fields = (_same(one.values[field], other.values[field]) for field in fields)
                yield negation(conjunction((there, here, *same_fields)))


def _is_settled(value: Any) -> bool:
    return value is not UNKNOWN and not isinstance(value, OPEN)


def _parted(
    rows: Sequence[tuple[Row, Condition]], fields: Sequence[str]
) -> Collection[Sequence[tuple[Row, Condition]]]:
    parts: dict[tuple[Any, ...], list[tuple[Row, Condition]]] = {}
    for row, condition in rows:
        parts.setdefault(tuple(row.values[field] for field in fields), []).append((row, condition))
    return parts.values()


def _same(one: Any, other: Any) -> Condition:
    """Whether two values are the same, as far as what is done decides it: of what is not known it is not said."""
    pairs = ((this, a, that, b) for this, a in _alternatives(one) for that, b in _alternatives(other))
    return disjunction(conjunction((this, that, compare("==", a, b))) for this, a, that, b in pairs)


def _alternatives(value: Any) -> list[tuple[Condition, Any]]:
    found = value.alternatives if isinstance(value, Cases) else ((True, value),)
    return [
        (condition, each)
        for condition, each in found
        if each is not UNKNOWN and not isinstance(each, Unknown) and not rests_on_unknowns(each)
    ]
