"""Facts asked again of the policy as it is: whether they make an example, and a smaller one that comes to the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_engine.check.coverage import Recorder
from attain_engine.compare.patience import REFUSED
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Formula
from attain_engine.solve.certain import status
from attain_engine.solve.deadline import OutOfTime
from attain_engine.suggest.beside import with_days
from attain_engine.suggest.facts import can_be_written, exchanged, parts, without
from attain_engine.suggest.goals import Goal
from attain_engine.suggest.models import Place, Suggestion
from attain_engine.suggest.reach import Reach, kind_of

MOST_ALIKE = 6
"""So many examples are tried with other arguments."""

NO_ANSWER = (*REFUSED, ArithmeticError, KeyError)


class Replay:
    """Runs what may become examples on the whole program, and knows what is still `wanted`: a suggestion brings about
    something of that, and takes it off once it is `kept`."""

    def __init__(self, program: model.Program, recorder: Recorder, reach: Reach, wanted: set[Goal]) -> None:
        self.wanted = wanted
        self._program = program
        self._recorder = recorder
        self._reach = reach
        self._exchanged: set[tuple[int, str, datetime.date, tuple[tuple[str, str], ...]]] = set()

    def kept(self, suggestion: Suggestion) -> Suggestion:
        """The suggestion, whose goals are wanted no more."""
        self.wanted -= set(suggestion.brings)
        return suggestion

    def tried(self, place: Place, facts: Facts) -> Suggestion | None:
        """The facts as an example, if they can be written, tell the answer, and bring about something that is wanted.
        Raises OutOfTime."""
        if not can_be_written(self._program, facts):
            return None
        for seen in self._recorder.seen.values():
            seen.clear()
        world = world_of(self._program, facts)
        evaluator = Evaluator(self._program, world, place.on, place.readings, self._recorder.bodies)
        try:
            value = evaluator.found(place.question.asked)
        except NO_ANSWER:
            return None
        if isinstance(value, Formula):
            settled = status(value)
            value = value if settled == "open" else settled == "yes"
        if isinstance(value, OPEN) or evaluator.problems:
            return None
        concerned = self._reach.places(place.question)
        brings = tuple(
            (key, each)
            for key, seen in self._recorder.seen.items()
            for each in seen
            if (key, each) in self.wanted and key in concerned
        )
        expectation = place.question.expectation(value)
        if not brings or expectation is None:
            return None
        is_nothing = value == 0 and not isinstance(value, bool)
        ordered = tuple(sorted(brings, key=lambda each: each[0][1].start))
        return Suggestion(place, facts, expectation, is_nothing, ordered)

    def smallest(self, place: Place, facts: Facts) -> Suggestion | None:
        """The example without the values and rows that bring nothing about; as small as it has become, where the time
        ends."""
        best = self.tried(place, facts)
        if best is None:
            return None
        try:
            for part in parts(facts):
                trial = self.tried(place, without(best.facts, part))
                if trial is not None and set(trial.brings) >= set(best.brings) and trial.is_nothing <= best.is_nothing:
                    best = trial
        except OutOfTime:
            pass
        return best

    def alike(self, place: Place, found: list[Suggestion]) -> Iterator[Suggestion]:
        """What was found for the same declaration and other arguments, with these arguments in their place; once."""
        question = place.question
        if not question.arguments:
            return
        for each in [each for each in found if kind_of(each.place.question) == kind_of(question)][-MOST_ALIKE:]:
            key = (id(each), question.text, place.on, tuple(place.readings.items()))
            if key not in self._exchanged:
                self._exchanged.add(key)
                instead: dict[Any, Any] = dict(zip(each.place.question.arguments, question.arguments, strict=True))
                suggestion = self.smallest(place, exchanged(each.facts, instead))
                if suggestion is not None:
                    yield self.kept(suggestion)

    def beside(self, suggestion: Suggestion, days: tuple[datetime.date, ...]) -> Iterator[Suggestion]:
        """What is found with other days in the facts of a suggestion."""
        for facts in with_days(self._program, suggestion.facts, days):
            found = self.tried(suggestion.place, facts)
            if found is not None:
                yield self.kept(found)

    def nearer(self, suggestion: Suggestion, days: tuple[datetime.date, ...]) -> Suggestion:
        """A suggestion with days beside those that decide, instead of any far from them that come to the same; with as
        many as were tried, where the time ends."""
        self.wanted |= set(suggestion.brings)
        best, changed = suggestion, True
        try:
            while changed:
                changed = False
                for facts in with_days(self._program, best.facts, days, far=True):
                    trial = self.tried(best.place, facts)
                    same = trial is not None and trial.expectation == best.expectation
                    if trial is not None and same and set(trial.brings) >= set(best.brings):
                        best, changed = trial, True
                        break
        except OutOfTime:
            pass
        return self.kept(best)
