"""Search for the examples that a policy lacks: for each place that is not decided, facts that decide it."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, Quantity
from attain_compiler.source import Span
from attain_engine.check.coverage import OUTCOMES, Covered, Key, Recorder, decides_where
from attain_engine.check.judged_on import FIRST_DATE
from attain_engine.compare.asking import REFUSED
from attain_engine.compare.editions import mentioned
from attain_engine.compare.opening import Opening
from attain_engine.compare.witness import smallest
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.values import OPEN, compare
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition, Formula, conjunction
from attain_engine.solve.certain import completion, status
from attain_engine.suggest.beside import days_to_try, with_days
from attain_engine.suggest.facts import OpenFacts, Way, can_be_written, exchanged, without_row
from attain_engine.suggest.goals import Goal, Goals
from attain_engine.suggest.narrowed import narrowed
from attain_engine.suggest.questions import Question, places, questions
from attain_engine.suggest.tables import entries_of, of_table, turns

WAYS = (Way(0), Way(1), Way(1, dated=True), Way(2), Way(3))
"""First values of measures are sought, then so many rows of each record: what takes little time comes first, for every
reading."""

PATIENCE = 100
"""So many times the numbers of one goal are worked out together."""

MOST_IN_VAIN = 3
"""A declaration is asked with open facts for so many combinations of its arguments in vain, and no more."""

MOST_ALIKE = 6
"""So many examples are tried with other arguments."""

NOTHING = Facts("an example", {})
"""No facts: what a parameter says rests on none."""

_REFUSED = (*REFUSED, ArithmeticError, KeyError)


@frozen
class Place:
    """What is asked, on what date, and with which readings beside the defaults."""

    question: Question
    on: datetime.date
    readings: Mapping[str, str]


@frozen
class Suggestion:
    """An example: what is asked, of which facts, what the policy answers now (its lines; whether it
    `is_nothing`: 0, which many a mistake would give as well), and what this brings about that
    nothing brought about before."""

    place: Place
    facts: Facts
    expectation: str
    is_nothing: bool
    brings: tuple[Goal, ...]


@frozen
class Suggestions:
    """The examples that were found, and the places that were looked at: those of the policy itself and of what it rests
    on. `complete` is false where the time ended."""

    found: tuple[Suggestion, ...]
    places: tuple[Covered, ...]
    complete: bool

    @property
    def missing(self) -> tuple[Covered, ...]:
        """The places that stay undecided."""
        return tuple(each for each in self.places if each.missing)


def suggest(program: model.Program, decided: Iterable[Covered], until: float) -> Suggestions:
    """Examples for the places of a program, apart from what examples bring about already (`decided`), as long as the
    clock (`time.monotonic`) has not come to `until`."""
    search = _Search(program, decided, until)
    found = tuple(search.run())
    looked_at = tuple(
        Covered(kind, span, frozenset(each for each in OUTCOMES[kind] if ((kind, span), each) not in search.wanted))
        for kind, span in dict.fromkeys(key for key, _ in search.every)
    )
    return Suggestions(found, looked_at, time.monotonic() < until)


class _Search:
    def __init__(self, program: model.Program, decided: Iterable[Covered], until: float) -> None:
        self.program = program
        self.until = until
        self.trial = Recorder(program)
        self.open = OpenFacts(narrowed(program))
        self.goals = Goals(self.open.program)
        seen = {(each.kind, each.span): each.seen for each in decided}
        self.owners = self._owners()
        own = [each.id for each in decides_where(program) if each.id.partition(".")[0] == program.main]
        self.below = {name for each in own for name in self.open.reached(each)}
        self.every = [
            (key, each) for key in self.trial.seen if self.owners.get(key) in self.below for each in OUTCOMES[key[0]]
        ]
        self.wanted: set[Goal] = {
            (key, each) for key, each in self.every if each not in seen.get(key, frozenset[Any]())
        }
        self._concerned: dict[str, frozenset[Key]] = {}
        self.found: list[Suggestion] = []

    def _owners(self) -> Mapping[Key, str]:
        """By each place the declaration that it is in."""
        found: dict[Key, str] = {}
        listed = places(self.program)
        for key in self.trial.seen:
            path, start = key[1].path, key[1].start
            for identifier, (where, first, last) in listed.items():
                if where == path and first <= start < last:
                    found[key] = identifier
        return found

    def run(self) -> Iterator[Suggestion]:
        policy = self.program.policies[self.program.main]
        on = policy.force_from or FIRST_DATE
        own = f"{policy.id}."
        asked = sorted(
            questions(self.program, on),
            key=lambda each: (not each.owner.startswith(own), len(self.open.reached(each.owner))),
        )
        yield from self._read(on, policy)
        for way in WAYS:
            for readings in self._readings():
                yield from self._in_way(asked, readings, way, on, policy)

    def _read(self, on: datetime.date, policy: model.Policy) -> Iterator[Suggestion]:
        """An example of what each parameter says, for each day before which or after which it says something else."""
        for table in (each for each in self.program.tables.values() if each.id in self.below):
            whole = of_table(self.program, table)
            wanted = self._concerns(whole)
            brought = set[Goal]()
            for day in turns(table, on, policy.force_to):
                if wanted <= brought and day == on:
                    continue
                self.wanted |= wanted
                lines: dict[str, None] = {}
                brings: dict[Goal, None] = {}
                for entry, asked in entries_of(self.program, table):
                    for found in self._says(entry, asked, day):
                        lines[found.expectation] = None
                        brings |= dict.fromkeys(found.brings)
                if brings:
                    yield Suggestion(Place(whole, day, {}), NOTHING, "\n  ".join(lines), False, tuple(brings))
                brought |= set(brings)
                self.wanted -= brought

    def _says(self, entry: model.Entry, asked: Iterable[Question], day: datetime.date) -> Iterator[Suggestion]:
        """What an entry says on a day; for the keys that no other entry is about one of them is enough."""
        for question in asked:
            found = self._tried(Place(question, day, {}), NOTHING)
            if found is not None and any(key == ("entry", entry.span) for key, _ in found.brings):
                yield found
                if None in entry.keys:
                    return

    def _readings(self) -> Iterator[Mapping[str, str]]:
        """The default readings, and each other one by itself."""
        yield {}
        for reading in self.program.readings.values():
            for alternative in reading.alternatives:
                if alternative.name != reading.default:
                    yield {reading.id: alternative.name}

    def _in_way(
        self, asked: list[Question], readings: Mapping[str, str], way: Way, on: datetime.date, policy: model.Policy
    ) -> Iterator[Suggestion]:
        in_vain: Counter[tuple[str, datetime.date]] = Counter()
        before = len(self.found)
        naming = {each.id for each in decides_where(self.program) if set(readings) <= set(mentioned(each))}
        for question in asked:
            if way.rows and not self.open.records(question.owner):
                continue
            if not self.open.reached(question.owner).issuperset(readings):
                continue
            for date in self._dates(question, on, policy):
                if time.monotonic() >= self.until or not self.wanted:
                    return
                # What other readings decide differently is looked for where they are named.
                wanted = {goal for goal in self._concerns(question) if not readings or self.owners[goal[0]] in naming}
                if not wanted:
                    break
                place = Place(question, date, readings)
                found = list(self._alike(place))
                key = (_kind(question), date)
                if not found and in_vain[key] < MOST_IN_VAIN:
                    found = [self._nearer(each) for each in self._asked(place, way, wanted)]
                    in_vain[key] = 0 if found else in_vain[key] + 1
                self.found += found
                yield from found
        for each in self.found[before:]:
            found = list(self._beside(each)) if way.rows else []
            self.found += found
            yield from found

    def _beside(self, suggestion: Suggestion) -> Iterator[Suggestion]:
        """What is found with other days in the facts of a suggestion."""
        place = suggestion.place
        if not self._concerns(place.question):
            return
        for facts in with_days(self.program, suggestion.facts, self._days(place)):
            if time.monotonic() >= self.until:
                return
            found = self._tried(place, facts)
            if found is not None:
                self.wanted -= set(found.brings)
                yield found

    def _days(self, place: Place) -> tuple[datetime.date, ...]:
        return days_to_try(self.program, place.on, self.open.reached(place.question.owner))

    def _nearer(self, suggestion: Suggestion) -> Suggestion:
        """A suggestion with days beside those that decide, instead of any far from them that come to the same."""
        self.wanted |= set(suggestion.brings)
        best, days, changed = suggestion, self._days(suggestion.place), True
        while changed and time.monotonic() < self.until:
            changed = False
            for facts in with_days(self.program, best.facts, days, far=True):
                trial = self._tried(best.place, facts)
                same = trial is not None and trial.expectation == best.expectation
                if trial is not None and same and set(trial.brings) >= set(best.brings):
                    best, changed = trial, True
                    break
        self.wanted -= set(best.brings)
        return best

    def _alike(self, place: Place) -> Iterator[Suggestion]:
        """What was found for the same declaration and other arguments, with these arguments in their place."""
        question = place.question
        if not question.arguments:
            return
        for each in [each for each in self.found if _kind(each.place.question) == _kind(question)][-MOST_ALIKE:]:
            instead = dict(zip(each.place.question.arguments, question.arguments, strict=True))
            suggestion = self._smallest(place, exchanged(each.facts, instead))
            if suggestion is not None:
                self.wanted -= set(suggestion.brings)
                yield suggestion

    def _concerns(self, question: Question) -> set[Goal]:
        """What is wanted and what the answer to a question rests on."""
        concerned = self._places(question)
        return {goal for goal in self.wanted if goal[0] in concerned}

    def _places(self, question: Question) -> frozenset[Key]:
        """The places that the answer to a question rests on. Of a designation, whose other requirements are worked out
        beside the one that is asked, or of a score with its parts, only those of this one: the answer does not tell of
        the others."""
        kind = _kind(question)
        if kind not in self._concerned:
            below = {name for each in mentioned(question.body) for name in self.open.reached(each)} - {question.owner}
            one = question.owner in self.program.designations or question.owner in self.program.scores
            span = self._span(question)
            self._concerned[kind] = frozenset(
                key
                for key, owner in self.owners.items()
                if owner in below
                or (owner == question.owner and (not one or span.start <= key[1].start < key[1].end <= span.end))
            )
        return self._concerned[kind]

    def _span(self, question: Question) -> Span:
        """Where what a question asks stands."""
        designation = self.program.designations.get(question.owner)
        if designation is not None and designation.tracks is not None and question.body is question.asked:
            by = designation.tracks.by
            return designation.span if by is None else by.span
        return question.asked.span

    def _dates(self, question: Question, on: datetime.date, policy: model.Policy) -> Iterator[datetime.date]:
        """The first day of the policy, and where entries are wanted that came later, those around their beginnings."""
        yield on
        reached = self.open.reached(question.owner)
        days: set[datetime.date] = set()
        for identifier in sorted(reached & set(self.program.tables)):
            for entry in self.program.tables[identifier].entries:
                keys: tuple[Key, ...] = (("entry", entry.span), ("date", entry.span))
                if any(goal[0] in keys for goal in self.wanted):
                    if entry.force_from is not None:
                        days |= {entry.force_from, entry.force_from - datetime.timedelta(1)}
                    if entry.force_to is not None:
                        days.add(entry.force_to)
            for day in self._ends(identifier, on):
                days |= {day, day + datetime.timedelta(1)}
        last = policy.force_to or datetime.date.max
        yield from sorted(each for each in days - {on} if on <= each <= last)

    def _ends(self, table: str, on: datetime.date) -> list[datetime.date]:
        """Some of the days that a parameter gives, from a day on: that of the assessment may be compared with them."""
        values = {each.value for each in self.program.tables[table].entries}
        return [
            each for each in sorted(each for each in values if isinstance(each, datetime.date)) if on <= each < NEVER
        ][:2]

    def _asked(self, place: Place, way: Way, wanted: Set[Goal]) -> Iterator[Suggestion]:
        question = place.question
        something: Condition = True
        try:
            opening = self.open.opening(question, place.on, way)
            self.goals.begin(wanted)
            evaluator = self.open.evaluator(question, place.on, opening, self.goals.bodies, way, place.readings)
            value = evaluator.run(question.body, question.arguments, evaluator.context)
            if isinstance(question.asked.type, Quantity) and isinstance(value, OPEN):
                something = compare("!=", value, 0)
        except _REFUSED:
            pass
        ways = sorted(
            ((goal, each) for goal, each in self.goals.found.items() if each),
            key=lambda item: (item[1][0][0], item[0][0][1].start, item[0][1]),
        )
        for goal, conditions in ways:
            for _, condition in conditions:
                if goal not in self.wanted or time.monotonic() >= self.until:
                    break
                suggestion = self._found(place, way, opening, conjunction((condition, something)))
                if suggestion is None and something is not True:
                    suggestion = self._found(place, way, opening, condition)
                if suggestion is not None:
                    self.wanted -= set(suggestion.brings)
                    yield suggestion

    def _found(self, place: Place, way: Way, opening: Opening, condition: Condition) -> Suggestion | None:
        """Facts on which a condition holds, as an example, if it brings about something that is wanted."""
        whole = conjunction((opening.lawful, condition))
        try:
            found = completion(whole, patience=PATIENCE)
            if found is None:
                return None
            small = smallest(whole, found) if isinstance(whole, Formula) else found
            facts = self.open.settled(place.question, (whole,), small, opening, way)
            return None if facts is None else self._smallest(place, facts)
        except _REFUSED:
            return None

    def _smallest(self, place: Place, facts: Facts) -> Suggestion | None:
        """The example with as few values and rows as bring about the same."""
        best = self._tried(place, facts)
        changed = best is not None
        while changed and best is not None:
            changed = False
            for less in without_row(best.facts):
                trial = self._tried(place, less)
                if trial is not None and set(trial.brings) >= set(best.brings) and trial.is_nothing <= best.is_nothing:
                    best, changed = trial, True
                    break
        return best

    def _tried(self, place: Place, facts: Facts) -> Suggestion | None:
        if not can_be_written(self.program, facts):
            return None
        for seen in self.trial.seen.values():
            seen.clear()
        evaluator = Evaluator(self.program, world_of(self.program, facts), place.on, place.readings, self.trial.bodies)
        try:
            value = evaluator.found(place.question.asked)
        except _REFUSED:
            return None
        if isinstance(value, Formula):
            settled = status(value)
            value = value if settled == "open" else settled == "yes"
        if isinstance(value, OPEN) or evaluator.problems:
            return None
        concerned = self._places(place.question)
        brings = tuple(
            (key, each)
            for key, seen in self.trial.seen.items()
            for each in seen
            if (key, each) in self.wanted and key in concerned
        )
        expectation = place.question.expectation(value)
        if not brings or expectation is None:
            return None
        is_nothing = value == 0 and not isinstance(value, bool)
        return Suggestion(
            place, facts, expectation, is_nothing, tuple(sorted(brings, key=lambda each: each[0][1].start))
        )


def _kind(question: Question) -> str:
    """What is asked, whatever the arguments are."""
    return f"{question.owner} {question.body.span.start}"
