"""Facts asked again of both editions as they are written, by the evaluator alone, and made smaller by that."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, Final, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import Quantity
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.in_edition import in_edition, named_in
from attain_engine.compare.items import Contrast, Item
from attain_engine.compare.patience import REFUSED
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import Facts, Row
from attain_engine.facts.possible import is_possible
from attain_engine.open.conditions import Formula
from attain_engine.solve.certain import status

MOST_TRIALS = 40
"""So many smaller organisations are tried for one witness."""

Step: TypeAlias = Callable[[Facts], Facts]


def evaluator_of(edition: Edition, facts: Facts, on: datetime.date) -> Evaluator:
    """An edition as it is written, on facts under the shared names."""
    return Evaluator(edition.program, world_of(edition.program, in_edition(edition, facts)), on)


def found_in(edition: Edition, evaluator: Evaluator, item: Item) -> Any:
    """What an item comes to in an edition, as far as it is settled; None where it is refused."""
    owner, arguments = named_in(edition, item)
    try:
        return replace(item, arguments=arguments).found(evaluator, owner)
    except REFUSED:
        return None


def told(edition: Edition, evaluator: Evaluator, item: Item) -> Any:
    """What an edition says of an item: a verdict, or a value; None where it is refused or a value is not settled."""
    found = found_in(edition, evaluator, item)
    if found is None:
        return None
    if not item.is_truth:
        return None if isinstance(found, OPEN) else found
    truth = status(found) if isinstance(found, Formula | bool) else "open"
    return {"yes": "met", "no": "failed", "open": "undetermined"}[truth]


def both_told(editions: Editions, item: Item, on: datetime.date, facts: Facts, first: Any = None) -> tuple[Any, Any]:
    """What the two editions say of an item; None of facts that one of them refuses. Where BASE does not say what is
    wanted `first`, HEAD is not asked."""
    if not all(is_possible(each.program, in_edition(each, facts)) for each in editions.both):
        return None, None
    base = told(editions.base, evaluator_of(editions.base, facts, on), item)
    if base is None or (first is not None and base != first):
        return base, None
    return base, told(editions.head, evaluator_of(editions.head, facts, on), item)


_RANK: Final = ("failed", "undetermined", "met")
"""Whoever cannot be told that a rule fails is better off than one who is."""


def differ(contrast: Contrast, base: Any, head: Any) -> bool:
    """Whether what the editions say of an item differs in a direction; what is refused, or not settled, does not."""
    if base is None or head is None or isinstance(base, OPEN) or isinstance(head, OPEN):
        return False
    direction = contrast.direction
    if contrast.item.is_truth:
        once, now = _RANK.index(base), _RANK.index(head)
        return now < once if direction == "stricter" else now > once
    if direction == "different":
        return bool(base != head)
    return bool(head < base if direction == "stricter" else head > base)


def fewer(editions: Editions, contrast: Contrast, on: datetime.date, facts: Facts, wanted: tuple[Any, Any]) -> Facts:
    """The facts, of which the editions say what is `wanted`, without what can be left out, one after the other, and
    with smaller numbers in their rows, so that both give the same verdicts as before, or numbers that still differ in
    this direction."""
    if not any(facts.tables.values()) and not facts.values:
        return facts
    item = contrast.item
    first = wanted[0] if item.is_truth else None
    best, trials = facts, MOST_TRIALS
    for step in (*_without(facts), *_smaller(editions, facts)):
        trial = step(best)
        if trial is best:
            continue
        trials -= 1
        if trials < 0:
            return best
        found = both_told(editions, item, on, trial, first)
        if found == wanted or (not item.is_truth and differ(contrast, *found)):
            best = trial
    return best


def _without(facts: Facts) -> Iterator[Step]:
    if facts.closed:
        yield _open
    for name, rows in facts.tables.items():
        if len(rows) > 1:
            yield partial(_without_rows, name, None)
    for name, rows in facts.tables.items():
        for row in rows:
            yield partial(_without_rows, name, row)
    for key in facts.values:
        yield partial(_without_value, key)
    if facts.closed:  # where fewer rows are left, it may be needed no longer
        yield _open


def _open(facts: Facts) -> Facts:
    return replace(facts, closed=False)


def _without_rows(name: str, row: Row | None, facts: Facts) -> Facts:
    """The facts without a row of a record, or without all of them: an example says of a record with no row nothing."""
    kept = tuple(each for each in facts.tables.get(name, ()) if row is not None and each is not row)
    tables = {**facts.tables, name: kept}
    return replace(facts, tables={each: rows for each, rows in tables.items() if rows})


def _without_value(key: Any, facts: Facts) -> Facts:
    return replace(facts, values={each: value for each, value in facts.values.items() if each != key})


def _smaller(editions: Editions, facts: Facts) -> Iterator[Step]:
    """One number of a row as small as it may be, or 1, or half of what it is."""
    for name, rows in facts.tables.items():
        record = editions.head.bare.get(name)
        for field in record.fields if isinstance(record, model.Record) else ():
            if isinstance(field.type, Quantity):
                for place in range(len(rows)):
                    for less in (lambda _: 0, lambda _: 1, *[_half] * 6):
                        yield partial(_with_less, name, place, field, less)


def _half(value: int | Fraction) -> int | Fraction:
    return int(value) // 2


def _with_less(name: str, place: int, field: model.Field, less: Callable[[Any], Any], facts: Facts) -> Facts:
    rows = facts.tables.get(name, ())
    value = rows[place].values.get(field.name) if place < len(rows) else None
    if not isinstance(value, int | Fraction) or value <= 1:
        return facts
    wanted = max(less(value), field.low if field.low is not None else 0)
    if wanted >= value:
        return facts
    row = Row(name, {**rows[place].values, field.name: wanted})
    return replace(facts, tables={**facts.tables, name: (*rows[:place], row, *rows[place + 1 :])})
