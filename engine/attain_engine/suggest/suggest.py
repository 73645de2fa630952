"""Search for the examples that a policy lacks: for each place that is not decided, facts that decide it.

First each declaration is asked about its own places alone, with what other questions are about left open: little is
then worked out together. The rules of the policy itself come before those that it rests on in other files, and what
takes little time before what takes much. Only what is left then is sought from above, through all that rests on it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, Quantity
from attain_engine.check.coverage import OUTCOMES, Covered, Recorder, decides_where
from attain_engine.check.judged_on import FIRST_DATE
from attain_engine.compare.editions import mentioned
from attain_engine.compare.opening import Opening
from attain_engine.compare.witness import smallest
from attain_engine.evaluate.values import OPEN, compare
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition, Formula, conjunction
from attain_engine.solve.certain import completion
from attain_engine.solve.deadline import OutOfTime, ending_by
from attain_engine.suggest.beside import days_to_try
from attain_engine.suggest.breakpoints import at_breakpoints
from attain_engine.suggest.facts import OpenFacts, Way
from attain_engine.suggest.goals import Goal, Goals
from attain_engine.suggest.models import Place, Suggestion, Suggestions
from attain_engine.suggest.narrowed import narrowed
from attain_engine.suggest.questions import Question, questions
from attain_engine.suggest.reach import Reach, kind_of
from attain_engine.suggest.replay import NO_ANSWER, Replay
from attain_engine.suggest.tables import entries_of, of_table, turns

QUICK = (
    Way(0),
    Way(0, dated=True),
    Way(1, given=True),
    Way(1, dated=True, given=True),
    Way(1),
    Way(1, dated=True),
    Way(2, given=True),
    Way(2, dated=True, given=True),
    Way(2),
)
WAYS = (*QUICK, Way(3))
"""First values of measures are sought, then so many rows of each record, beside such values and without: what takes
little time comes first, for every reading."""

PATIENCE = 100
"""So many times the numbers of one goal are worked out together."""

MOST_CONFLICTS = 2_000
"""So long a goal is searched for at first."""

MOST_IN_VAIN = 3
"""A goal is sought for so many combinations of the arguments of a declaration in vain, and no more."""

MOST_TURNS = 3
"""A declaration is asked for on so many days on which a parameter that it reads changes, the last ones."""

NOTHING = Facts("an example", {})
"""No facts: what a parameter says rests on none."""


@frozen
class Round:
    """What is asked in turn: questions in some ways; each about its own places alone, or about `all` that it rests on,
    and then as long as there is time."""

    questions: tuple[Question, ...]
    ways: tuple[Way, ...]
    all: bool


def suggest(program: model.Program, decided: Iterable[Covered], until: float) -> Suggestions:
    """Examples for the places of a program, apart from what examples bring about already (`decided`). It ends when the
    clock (`time.monotonic`) has come to `until`, with what was found by then."""
    found: list[Suggestion] = []
    search = _Search(program, decided)
    complete = False
    with suppress(OutOfTime), ending_by(until):
        for each in search.run():
            found += (each,)  # what was found before the time ended is kept
        complete = True
    reached = set(search.every) - search.wanted
    looked_at = tuple(
        Covered(key[0], key[1], frozenset(each for each in OUTCOMES[key[0]] if (key, each) in reached), never)
        for key in dict.fromkeys(key for key, _ in search.every)
        for never in (search.impossible.get(key, frozenset()),)
    )
    return Suggestions(tuple(found), looked_at, complete)


class _Search:
    def __init__(self, program: model.Program, decided: Iterable[Covered]) -> None:
        self.program = program
        self.policy = program.policies[program.main]
        self.on = self.policy.force_from or FIRST_DATE
        recorder = Recorder(program)
        self.open = OpenFacts(narrowed(program))
        self.goals = Goals(self.open.program)
        self.impossible = recorder.impossible
        self.reach = Reach(program, recorder.seen, self.open)
        seen = {(each.kind, each.span): each.seen for each in decided}
        own = [each.id for each in decides_where(program) if each.id.partition(".")[0] == program.main]
        self.below = {name for each in own for name in self.open.reached(each)}
        self.every = [
            (key, each)
            for key in recorder.seen
            if self.reach.owners.get(key) in self.below
            for each in OUTCOMES[key[0]]
            if each not in recorder.impossible.get(key, ())
        ]
        self.wanted: set[Goal] = {
            (key, each) for key, each in self.every if each not in seen.get(key, frozenset[Any]())
        }
        self.replay = Replay(program, recorder, self.reach, self.wanted)
        self.found: list[Suggestion] = []
        self._in_vain: Counter[Any] = Counter()
        """How many times a goal was sought in vain, by itself and how that was done."""
        self._asked_for: dict[Any, set[Goal]] = {}
        """What was sought already, by the question and how it was asked."""

    def run(self) -> Iterator[Suggestion]:
        """What is found, as it is found. Raises OutOfTime."""
        yield from self._read()
        asked = sorted(questions(self.program, self.on), key=lambda each: len(self.open.reached(each.owner)))
        askable = frozenset(each.owner for each in asked)
        own = tuple(each for each in asked if each.owner.startswith(f"{self.policy.id}."))
        others = tuple(each for each in asked if each not in set(own) and each.owner in self.below)
        rounds = (
            Round(own, QUICK, False),
            Round(others, QUICK, False),
            Round(own, WAYS, True),
            Round(others, WAYS, True),
        )
        for each in rounds:
            for way in each.ways:
                for readings in self._readings():
                    for found in self._in_way(each, askable, readings, way):
                        self.found.append(found)
                        yield found

    def _read(self) -> Iterator[Suggestion]:
        """An example of what each parameter says, for each day before which or after which it says something else."""
        for table in (each for each in self.program.tables.values() if each.id in self.below):
            whole = of_table(self.program, table)
            wanted = {goal for goal in self.wanted if goal[0] in self.reach.places(whole)}
            brought = set[Goal]()
            for day in turns(table, self.on, self.policy.force_to):
                if wanted <= brought and day == self.on:
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
            found = self.replay.tried(Place(question, day, {}), NOTHING)
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
        self, asked: Round, askable: frozenset[str], readings: Mapping[str, str], way: Way
    ) -> Iterator[Suggestion]:
        before = len(self.found)
        naming = {each.id for each in decides_where(self.program) if set(readings) <= set(mentioned(each))}
        for question in asked.questions:
            if (way.rows and not self.open.records(question.owner)) or (
                way.dated and not self.open.has_dates(question, way)
            ):
                continue
            if not self.open.reached(question.owner).issuperset(readings):
                continue
            concerned = self.reach.places(question) if asked.all else self.reach.own(question, askable)
            # What other readings decide differently is looked for where they are named.
            near = {key for key in concerned if not readings or self.reach.owners[key] in naming}
            for date in self._dates(question, near):
                wanted = {goal for goal in self.wanted if goal[0] in near}
                if not wanted:
                    break
                place = Place(question, date, readings)
                yield from self.replay.alike(place, self.found)
                for each in self._sought(place, way, wanted & self.wanted, None if asked.all else MOST_CONFLICTS):
                    yield self.replay.nearer(each, self._days(place))
        for each in self.found[before:] if way.rows or way.dated else ():
            if not self.reach.places(each.place.question).isdisjoint(key for key, _ in self.wanted):
                yield from self.replay.beside(each, self._days(each.place))

    def _days(self, place: Place) -> tuple[datetime.date, ...]:
        return days_to_try(self.program, place.on, self.open.reached(place.question.owner))

    def _dates(self, question: Question, near: Set[Any]) -> Iterator[datetime.date]:
        """The first day of the policy, and where entries are wanted that came later, those around their beginnings (of
        the places that are `near`); then days on which what the question reads itself changes."""
        yield self.on
        days: set[datetime.date] = set()
        wanted = {key for key, _ in self.wanted if key in near}
        for identifier in sorted({self.reach.owners[key] for key in near} & set(self.program.tables)):
            for entry in self.program.tables[identifier].entries:
                if not wanted.isdisjoint((("entry", entry.span), ("date", entry.span))):
                    if entry.force_from is not None:
                        days |= {entry.force_from, entry.force_from - datetime.timedelta(1)}
                    if entry.force_to is not None:
                        days.add(entry.force_to)
            for day in self._ends(identifier):
                days |= {day, day + datetime.timedelta(1)}
        # From such days on the question itself may be decided otherwise.
        days |= set(self._turns(question)[-MOST_TURNS:])
        last = self.policy.force_to or datetime.date.max
        yield from sorted(each for each in days - {self.on} if self.on <= each <= last)

    def _turns(self, question: Question) -> list[datetime.date]:
        """The days on which parameters change that a question reads, itself or by the definitions that it calls, and
        those that they say."""
        named = set(mentioned(question.body))
        named |= {
            name for each in named & self.program.defines.keys() for name in mentioned(self.program.defines[each])
        }
        entries = [entry for each in named & self.program.tables.keys() for entry in self.program.tables[each].entries]
        begins = {entry.force_from for entry in entries if entry.force_from is not None}
        said = {entry.value for entry in entries if isinstance(entry.value, datetime.date) and entry.value < NEVER}
        return sorted(each for each in begins | said if each > self.on)

    def _ends(self, table: str) -> list[datetime.date]:
        """Some of the days that a parameter gives, from a day on: that of the assessment may be compared with them."""
        values = {each.value for each in self.program.tables[table].entries}
        dates = sorted(each for each in values if isinstance(each, datetime.date))
        return [each for each in dates if self.on <= each < NEVER][:2]

    def _sought(self, place: Place, way: Way, wanted: Set[Goal], conflicts: int | None) -> Iterator[Suggestion]:
        """What is found for goals that were not sought in this way before."""
        question = place.question
        how = (place.on, tuple(place.readings.items()), way, conflicts)
        before = self._asked_for.setdefault((question.text, how), set())
        wanted = {each for each in wanted - before if self._in_vain[kind_of(question), each, how] < MOST_IN_VAIN}
        if not wanted:
            return
        before |= wanted
        answer: Any = True
        something: Condition = True
        opening = self.open.opening(question, place.on, way)
        self.goals.begin(wanted)
        try:
            evaluator = self.open.evaluator(question, place.on, opening, self.goals.bodies, way, place.readings)
            answer = evaluator.run(question.body, question.arguments, evaluator.context)
        except NO_ANSWER:
            pass
        if isinstance(answer, Formula):
            something = answer
        elif isinstance(question.asked.type, Quantity) and isinstance(answer, OPEN):
            something = compare("!=", answer, 0)
        ways = sorted(
            ((goal, each) for goal, each in self.goals.found.items() if each),
            key=lambda item: (item[1][0][0], item[0][0][1].start, item[0][1]),
        )
        told = (answer,) if isinstance(answer, OPEN) else ()
        for goal, conditions in ways:
            for _, condition in conditions:
                if goal not in self.wanted:
                    break
                together = conjunction((condition, something))
                for each in (together,) if together is condition else (together, condition):
                    suggestion = self._found(place, way, opening, each, told, conflicts)
                    if suggestion is not None:
                        yield self.replay.kept(suggestion)
                        break
            if goal in self.wanted:
                self._in_vain[kind_of(question), goal, how] += 1

    def _found(
        self,
        place: Place,
        way: Way,
        opening: Opening,
        condition: Condition,
        told: Sequence[Any],
        conflicts: int | None,
    ) -> Suggestion | None:
        """Facts on which a condition holds, as an example, if it brings about something that is wanted; they say what
        the answer (`told`) rests on as well, if they can."""
        whole = conjunction((opening.lawful, condition))
        try:
            found = completion(whole, patience=PATIENCE, most_conflicts=conflicts)
            if found is None:
                return None
            if not found.exact:
                coarse = conjunction((whole, at_breakpoints(whole)))
                found = completion(coarse, patience=PATIENCE, most_conflicts=conflicts) or found
            small = smallest(whole, found) if isinstance(whole, Formula) else found
            for said in ((whole, *told), (whole,)) if told else ((whole,),):
                facts = self.open.settled(place.question, said, small, opening, way)
                suggestion = None if facts is None else self.replay.smallest(place, facts)
                if suggestion is not None:
                    return suggestion
        except NO_ANSWER:
            pass
        return None
