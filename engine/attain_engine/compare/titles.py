"""Titles with the values of their rules, as either edition has them on the day that is compared."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.declarations.notes import filled
from attain_compiler.model.walk import nodes
from attain_engine.assess.titles import as_said
from attain_engine.compare.dates import intervals
from attain_engine.compare.editions import Edition, Editions, mentioned
from attain_engine.compare.in_edition import named_in
from attain_engine.compare.items import Item
from attain_engine.compare.models import Finding
from attain_engine.compare.patience import REFUSED
from attain_engine.compare.replay import evaluator_of
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import requirements_of
from attain_engine.evaluate.problems import NotGiven
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import Facts


class Titles:
    """The titles of items, of which no organisation is known. A value that rests on facts stands as it is written, and
    so does one that differs between days where none is compared."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions
        self._evaluators: dict[tuple[bool, datetime.date], Evaluator] = {}

    def put_into(self, finding: Finding, item: Item) -> Finding:
        """A finding with the title that its item has in HEAD, and in BASE where that reads otherwise."""
        named = [(edition, *named_in(edition, item)) for edition in self._editions.both]
        declared = [_declared(edition.program, item, owner) for edition, owner, _ in named]
        if not any(each is not None and each.puts for each in declared):
            return finding
        old, new = (
            None if each is None else self._title(edition, each, arguments, finding.asked)
            for each, (edition, _, arguments) in zip(declared, named, strict=True)
        )
        update = {"title": new or old, "title_before": old if old and new and old != new else ""}
        return finding.model_copy(update=update)

    def _title(
        self,
        edition: Edition,
        declared: model.Requirement | model.Part,
        arguments: tuple[Any, ...],
        on: datetime.date | None,
    ) -> str:
        puts = {written: self._value(edition, each, arguments, on) for written, each in declared.puts}
        return filled(declared.title, {written: said for written, said in puts.items() if said is not None})

    def _value(
        self, edition: Edition, value: model.Expression, arguments: tuple[Any, ...], on: datetime.date | None
    ) -> str | None:
        if on is not None and (said := self._on(edition, value, arguments, on)) is not None:
            return said
        program = edition.program
        names = {edition.names.get(each, each) for each in mentioned(value)}
        reached = self._editions.reached(names)
        bodies = [value, *(edition.bare[each] for each in reached if each in edition.bare)]
        if any(isinstance(node, model.AssessmentDate | model.AsOf) for each in bodies for node in nodes(each)):
            return None
        policy = program.policies[program.main]
        days = [each.asked for each in intervals(self._editions, reached, policy.force_from, policy.force_to)]
        found = {self._on(edition, value, arguments, day) for day in days} - {None}
        return found.pop() if len(found) == 1 else None

    def _on(
        self, edition: Edition, value: model.Expression, arguments: tuple[Any, ...], day: datetime.date
    ) -> str | None:
        key = edition is self._editions.base, day
        if key not in self._evaluators:
            self._evaluators[key] = evaluator_of(edition, Facts(""), day)
        evaluator = self._evaluators[key]
        with suppress(NotGiven, *REFUSED):
            if not isinstance(evaluator.found(value, arguments), OPEN):
                return as_said(evaluator, value, arguments)
        return None


def _declared(program: model.Program, item: Item, owner: str) -> model.Requirement | model.Part | None:
    """What an item is of a policy, where its title may hold values."""
    if item.kind == "requirement" and owner in program.designations:
        return next((each for each in requirements_of(program.designations[owner]) if each.path == item.part), None)
    if item.kind == "part" and owner in program.scores:
        return next((each for each in program.scores[owner].parts if each.name == item.part), None)
    return None
