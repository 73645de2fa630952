"""What may be done by a day of a period: a step that waits for others rests on what is done when it begins."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from attain_compiler.model.calendar import shifted
from attain_compiler.model.types import Duration
from attain_engine import optimise
from attain_engine.open import quantities
from attain_engine.open.conditions import Atom, Condition, Formula, decision, disjunction, negation
from attain_engine.open.normal_form import normal_form
from attain_engine.open.unknowns import has_decisions
from attain_engine.plan.candidates import Candidate, together
from attain_engine.plan.days import ONE, first
from attain_engine.plan.paces import most_done, paced
from attain_engine.plan.timeline import Timeline

MOST_MADE = 3_000
"""With more such choices than these, a step that waits for others is taken for done when it is done in the end."""


class DoneBy:
    """Steps that a problem of a period leaves open when they are done, by days before its end.

    Where a step waits for others itself, or is limited in time, whether it is done by a day is a choice of its own,
    which costs nothing and is made only of what is done in the end. `whens` are what steps wait for, by their names,
    over what is done by the end, in which what takes away does not count.
    """

    def __init__(
        self,
        line: Timeline,
        options: Sequence[Candidate],
        last: datetime.date,
        starts: Mapping[Any, datetime.date],
        ends: Mapping[Any, datetime.date],
        whens: Mapping[Any, Condition],
    ) -> None:
        """`starts` and `ends`: the first days on which each instance may be begun and done."""
        self.line = line
        self.last = last
        self.choices: list[optimise.Choice] = []
        self._starts = starts
        self._ends = ends
        self._whens = whens
        self._options = {each.name: each for each in options}
        self._paces = [
            (frozenset(each.name for each in group), group, (pace.span_of, int(most)))
            for pace, most, group in paced(line, options)
        ]
        self._paced = {name for names, _, (span, _) in self._paces if span != "plan" for name in names}
        self._made: dict[tuple[Any, datetime.date], Condition] = {}
        self._waiting: list[tuple[Candidate, datetime.date, Condition]] = []

    def conditions(self) -> Iterator[Condition]:
        """What steps wait for, and how often changes that are limited in time may be made by a day, from the first on
        which they may begin on: so often in each month or year, or one after the other in each place that is free at a
        time."""
        for name in self._whens:
            yield self._needs(self._options[name], self.last, self._options[name].unit(1))
        while self._waiting:
            each, day, done = self._waiting.pop()
            yield disjunction((negation(done), each.unit(1)))
            if each.name in self._whens:
                yield self._needs(each, day, done)
        for group, limits in self._limits():
            begin = min(self._starts[each.change.id, each.arguments] for each in group)
            lengths = self._lengths(group)
            made = {self.last: quantities.total(each.quantity() for each in group)}
            for day in {day for _, day in self._made}:
                known = (self._made.get((each.name, day)) for each in group)
                made[day] = quantities.weighted((each, 1) for each in known if each is not None)
            for day, total in made.items():
                most = most_done(day, begin, lengths, limits, sum(each.most for each in group))
                yield quantities.compare("<=", total, most)

    def _limits(self) -> Iterator[tuple[Sequence[Candidate], list[tuple[str, int]]]]:
        """The steps that a limit in time is about, each time with all limits that hold for them."""
        groups = {names: group for names, group, _ in self._paces}
        for names, group in groups.items():
            yield group, [limit for others, _, limit in self._paces if names <= others]

    def _needs(self, each: Candidate, day: datetime.date, done: Condition) -> Condition:
        """That a step is done by a day only with what it waits for."""
        start = self._last_start(each, day) if each.timing is None else self.last

        def leaf(formula: Formula, sign: bool) -> Condition:
            if not sign:
                return True if has_decisions(formula) else negation(formula)
            option = self._options.get(formula.name) if isinstance(formula, Atom) else None
            return formula if option is None else self._by(option, start)

        return disjunction((negation(done), normal_form(self._whens[each.name], leaf)))

    def _by(self, each: Candidate, day: datetime.date) -> Condition:
        """Whether a step is done by a day."""
        if day >= self.last or each.timing is not None:
            return each.unit(1)
        if self._ends[each.instance] > day:
            return False
        if each.name not in self._paced and (each.name not in self._whens or len(self._made) > MOST_MADE):
            return each.unit(1)
        known = self._made.get((each.name, day))
        if known is None:
            name = self.line.number(each.instance, day, -1)
            known = self._made[each.name, day] = decision(name)
            self.choices.append(optimise.Choice(name, None, 0, 0, 0, 0, changes=0))
            self._waiting.append((each, day, known))
        return known

    def _lengths(self, group: Collection[Candidate]) -> set[Duration]:
        """How long the shortest of some steps of a change may take."""
        steady = all(self.line.steady(each.change) for each in group)
        return {together(each, 1) if steady else Duration(0, 0) for each in group}

    def _last_start(self, each: Candidate, day: datetime.date) -> datetime.date:
        """The last day on which a step may begin that is done by a day."""
        (length,) = self._lengths([each])
        begin = self._starts[each.change.id, each.arguments]
        late = first(lambda start: shifted(start, length, 1) > day, begin, day)
        return day if late is None else max(begin, late - ONE)
