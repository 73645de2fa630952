"""Witnesses from the organisations of examples: as they are, or with their rows and measures that are sought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from attain_compiler.model.program import Program
from attain_compiler.model.types import Type
from attain_engine.compare.asking import REFUSED, Asking
from attain_engine.compare.copies import arguments_of, tried
from attain_engine.compare.editions import Edition
from attain_engine.compare.examples import Organisation
from attain_engine.compare.items import Item
from attain_engine.compare.models import Direction
from attain_engine.compare.rewriting import Rewriting
from attain_engine.compare.sides import SIDES, Side
from attain_engine.compare.witness import Found, differ, in_edition, shown
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Formula
from attain_engine.solve.certain import status


def by_example(
    asking: Asking, item: Item, type_: Type, direction: Direction, measures: frozenset[str], tried_on: Organisation
) -> Found | None:
    """A witness from one organisation on the day of its example: itself, or its rows with other measures, where
    something that is affected differs on it."""
    if not _apart(asking, tried_on):
        return None
    facts = tried_on.facts
    if _differs(asking, item, direction, tried_on):
        fewer = _fewer(asking, item, direction, tried_on)
        found = shown(
            asking.sides, item, asking.on, direction, fewer.tables, fewer.values, closed=fewer.closed
        ) or shown(asking.sides, item, asking.on, direction, facts.tables, facts.values, closed=facts.closed)
        if found is not None:
            return found
    if any(facts.tables.values()) and not facts.closed:
        return tried(asking, item, type_, direction, measures, facts.tables)
    return None


def _edition(asking: Asking, side: Side) -> Edition:
    return asking.sides.editions.base if side == "base" else asking.sides.editions.head


def _evaluator(asking: Asking, side: Side, facts: Facts) -> Evaluator:
    edition = _edition(asking, side)
    return Evaluator(edition.program, world_of(edition.program, in_edition(edition, facts)), asking.on)


def _given(asking: Asking, side: Side, of: Organisation) -> Evaluator:
    key = (side, id(of))  # organisations are kept as long as the comparison
    if key not in asking.given:
        asking.given[key] = _evaluator(asking, side, of.facts)
    return asking.given[key]


def _apart(asking: Asking, of: Organisation) -> bool:
    """Whether a measure, a definition, a part of a score or a designation that is affected differs."""
    if id(of) not in asking.apart:
        values = [list(_affected(asking, side, _given(asking, side, of))) for side in SIDES]
        asking.apart[id(of)] = values[0] != values[1]
    return asking.apart[id(of)]


def _affected(asking: Asking, side: Side, evaluator: Evaluator) -> Iterator[Any]:
    edition = _edition(asking, side)
    back = {shared: own for own, shared in edition.names.items()}
    rewrite, own = Rewriting(edition.names), Rewriting(back)
    program: Program = edition.program
    for name in sorted(asking.sides.affected):
        identifier = back.get(name, name)
        for arguments in arguments_of(asking, name):
            try:
                for value in _values(program, evaluator, identifier, own(arguments)):
                    yield name, arguments, rewrite(value)
            except REFUSED:
                yield name, arguments, None


def _values(program: Program, evaluator: Evaluator, identifier: str, arguments: tuple[Any, ...]) -> Iterator[Any]:
    if identifier in program.measures:
        yield evaluator.measure(identifier, arguments)
    elif identifier in program.defines:
        yield evaluator.run(program.defines[identifier].body, arguments, evaluator.context)
    elif identifier in program.scores:
        score = program.scores[identifier]
        for part in score.parts:
            yield evaluator.part(score, part, arguments, evaluator.context)
    elif identifier in program.designations:
        yield Item("designation", identifier, "").found(evaluator, identifier)
    elif identifier in program.reports:
        yield evaluator.found(program.reports[identifier].body)


def _answer(evaluator: Evaluator, asking: Asking, side: Side, item: Item) -> Any:
    """What an edition says of an item, by the evaluator alone."""
    edition = _edition(asking, side)
    back = {shared: own for own, shared in edition.names.items()}
    found = replace(item, arguments=Rewriting(back)(item.arguments)).found(evaluator, back.get(item.owner, item.owner))
    if not item.is_truth:
        return found
    truth = status(found) if isinstance(found, Formula | bool) else "open"
    return {"yes": "met", "no": "failed", "open": "undetermined"}[truth]


def _differs(asking: Asking, item: Item, direction: Direction, of: Organisation) -> bool:
    return _differ_on(asking, item, direction, *(_given(asking, side, of) for side in SIDES))


def _differ_on(asking: Asking, item: Item, direction: Direction, base: Evaluator, head: Evaluator) -> bool:
    try:
        told = [_answer(each, asking, side, item) for each, side in zip((base, head), SIDES, strict=True)]
    except REFUSED:
        return False
    return not any(isinstance(each, OPEN) for each in told) and differ(item, direction, *told)


MOST_TRIALS = 60
"""So many times something is left out of an organisation."""


def _fewer(asking: Asking, item: Item, direction: Direction, of: Organisation) -> Facts:
    """The facts without what can be left out, one after the other."""
    best, trials = of.facts, MOST_TRIALS
    for less in _without(best):
        trials -= 1
        if trials < 0:
            break
        trial = less(best)
        if _differ_on(asking, item, direction, *(_evaluator(asking, side, trial) for side in SIDES)):
            best = trial
    return best


def _without(facts: Facts) -> Iterator[Any]:
    for name, rows in facts.tables.items():
        for row in rows:
            yield lambda of, name=name, row=row: replace(
                of, tables={**of.tables, name: tuple(each for each in of.tables[name] if each is not row)}
            )
    for key in facts.values:
        yield lambda of, key=key: replace(of, values={each: value for each, value in of.values.items() if each != key})
