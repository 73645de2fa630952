"""Witnesses from the organisations of examples: as they are, or with their rows and measures that are sought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attain_compiler.model.program import Program
from attain_engine.compare.asking import Asking
from attain_engine.compare.copies import arguments_of, tried
from attain_engine.compare.editions import Edition
from attain_engine.compare.examples import Organisation
from attain_engine.compare.items import Contrast, Item
from attain_engine.compare.patience import REFUSED
from attain_engine.compare.replay import evaluator_of, found_in
from attain_engine.compare.rewriting import Rewriting
from attain_engine.compare.sides import SIDES, Side
from attain_engine.compare.witness import Found, shown
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.values import OPEN


def as_it_is(asking: Asking, contrast: Contrast, of: Organisation) -> Found | None:
    """A witness from one organisation on the day of its example, if one edition at least settles the item there: where
    none does it is hardly ever told apart, and what is open takes long."""
    base, head = (found_in(_edition(asking, side), _given(asking, side, of), contrast.item) for side in SIDES)
    if base is None or head is None or all(isinstance(each, OPEN) for each in (base, head)) or base == head:
        return None
    facts = of.facts
    return shown(asking.sides, contrast, asking.on, facts.tables, facts.values, closed=facts.closed)


def meets(asking: Asking, item: Item, of: Organisation) -> bool:
    """Whether an organisation meets what is asked in one edition, on the day of its example."""
    return any(found_in(_edition(asking, side), _given(asking, side, of), item) is True for side in SIDES)


def by_its_rows(asking: Asking, contrast: Contrast, measures: frozenset[str], of: Organisation) -> Found | None:
    """A witness from the rows of one organisation beside other measures, where something that is affected differs."""
    if not any(of.facts.tables.values()) or of.facts.closed or not _apart(asking, of):
        return None
    return tried(asking, contrast, measures, of.facts.tables)


def _edition(asking: Asking, side: Side) -> Edition:
    return asking.sides.editions.base if side == "base" else asking.sides.editions.head


def _given(asking: Asking, side: Side, of: Organisation) -> Evaluator:
    key = (side, id(of))  # organisations are kept as long as the comparison
    if key not in asking.given:
        asking.given[key] = evaluator_of(_edition(asking, side), of.facts, asking.on)
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
        yield evaluator.found(program.defines[identifier].body, arguments)
    elif identifier in program.scores:
        score = program.scores[identifier]
        for part in score.parts:
            yield evaluator.part(score, part, arguments, evaluator.context)
    elif identifier in program.designations:
        yield Item("designation", identifier, "").found(evaluator, identifier)
    elif identifier in program.reports:
        yield evaluator.found(program.reports[identifier].body, arguments)
