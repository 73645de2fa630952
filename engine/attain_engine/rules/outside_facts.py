"""What enters the rules from outside, as facts: the truth of conditions that have no form as a rule.

They are worked out by the evaluator: in a copy of the policy each such condition is a definition of its own, so that
the evaluator remembers what every call of it came to. A call that it did not need for a requirement decides nothing
there for the rules either: they read it only beside what made it needless. But the rules work out the points of every
part of a score that they come across, and the evaluator may have had no need of them: see `with_points`.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from attain_compiler.asp.facts import term
from attain_compiler.asp.from_model import Compiled
from attain_compiler.asp.outside import definition_of
from attain_compiler.asp.outsides import Outside
from attain_compiler.asp.rules import Atom, Number, Term
from attain_compiler.model import program as model
from attain_compiler.model.types import Duration, EnumValue, Quantity
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import DesignationResult, designate
from attain_engine.evaluate.state import Context
from attain_engine.facts.model import Facts, Row
from attain_engine.open.conditions import Condition

Known: TypeAlias = bool | int | Fraction | datetime.date | str | Duration | EnumValue
"""A value of the facts, and not of what is open."""


class OutsideFacts:
    """The conditions from outside, of an organisation on a date under readings."""

    def __init__(
        self,
        compiled: Compiled,
        facts: Facts,
        on: datetime.date,
        readings: Mapping[str, str],
        asked: Sequence[model.Expression] = (),
    ) -> None:
        """Raises what the evaluator raises: EvaluationProblem where the policy has no answer for these facts."""
        program = compiled.evaluated
        self._compiled = compiled
        self._numbers = {id(row): number for rows in facts.tables.values() for number, row in enumerate(rows, 1)}
        self._evaluator = Evaluator(program, world_of(program, facts), on, readings)
        self._evaluator.open_without_answer = frozenset(definition_of(each) for each in compiled.outsides)
        self._said: dict[Atom, None] = {}
        if not compiled.outsides:
            return
        for identifier in compiled.designations:
            designate(self._evaluator, program.designations[identifier], self._evaluator.context)
        for expression in asked:
            self._evaluator.condition(compiled.asked[id(expression)])

    def atoms(self) -> tuple[Atom, ...]:
        """The facts that were not given before."""
        found: dict[Atom, None] = {}
        for each in self._compiled.outsides:
            of_it = (
                _of_designation(self._compiled, self._evaluator, each)
                if each.designation
                else _calls(self._compiled, self._evaluator, each, self._numbers)
            )
            found |= dict.fromkeys(of_it)
        new = tuple(each for each in found if each not in self._said)
        self._said |= found
        return new

    def with_points(
        self,
        totals: Collection[tuple[str, tuple[Any, ...]]],
        parts: Collection[tuple[str, tuple[Any, ...], str]],
    ) -> tuple[Atom, ...]:
        """The facts that were not given before and that these points rest on: the totals of scores by id and arguments,
        and parts by id, arguments and name."""
        if not self._compiled.outsides:
            return ()
        scores, context = self._evaluator.program.scores, self._evaluator.context
        for identifier, arguments in totals:
            self._evaluator.score(scores[identifier], arguments, context)
        for identifier, arguments, name in parts:
            part = next(each for each in scores[identifier].parts if each.name == name)
            self._evaluator.part(scores[identifier], part, arguments, context)
        return self.atoms()


def _calls(compiled: Compiled, evaluator: Evaluator, outside: Outside, numbers: Mapping[int, int]) -> Iterator[Atom]:
    identifier = definition_of(outside)
    for context in _contexts(compiled, evaluator, outside):
        for arguments, truth in context.memos[identifier].items():
            # Asked about what is not known: no rule asks that, for what would is open by its argument.
            if truth is False or not all(isinstance(each, Row | Known) for each in arguments):
                continue
            args: list[Term] = [Number(context.date.toordinal())] if outside.takes_date else []
            for parameter in outside.parameters:
                value = arguments[parameter.number]
                if isinstance(value, Row):
                    args.append(Number(numbers[id(value)]))
                else:
                    args.append(term(compiled, value, parameter.type, parameter.unit))
            yield _atom(outside, args, truth)


def _atom(outside: Outside, args: Sequence[Term], truth: Condition) -> Atom:
    return Atom(outside.predicate if truth is True else f"open_{outside.predicate}", tuple(args))


def _contexts(compiled: Compiled, evaluator: Evaluator, outside: Outside) -> Iterator[Context]:
    """The contexts in which a condition is what the rules mean: the exclusions of its variant, and its date."""
    for context in evaluator.contexts():
        variant = compiled.depends.variant(outside.expression, context.inside, context.unfiltered)
        if variant == outside.variant and (outside.takes_date or not outside.dated or context.date == evaluator.date):
            yield context


def _of_designation(compiled: Compiled, evaluator: Evaluator, outside: Outside) -> Iterator[Atom]:
    designation = evaluator.program.designations[outside.designation]
    binder = designation.tracks.binder if designation.tracks else None
    for context in evaluator.contexts():
        result: DesignationResult | None = context.calls.get(("designation", outside.designation))
        if result is None or binder is None or (not outside.takes_date and context.date != evaluator.date):
            continue
        for track in result.tracks:
            args: list[Term] = [Number(context.date.toordinal())] if outside.takes_date else []
            unit = 100 if isinstance(binder.type, Quantity) and binder.type.kind != "count" else 1
            args.append(term(compiled, track.track, binder.type, unit))
            if outside.kind == "tracks":
                yield _atom(outside, args, True)
            elif track.chosen is not True:
                yield _atom(outside, args, track.chosen is False or track.chosen)
