"""What a program says of facts with unknown parts: values are tried for them.

This is a sample and no proof: where two completions disagree the verdict is `undetermined` for certain; where all agree
it may still be. So the engine must say `undetermined` wherever this does, and may say it elsewhere.

A completion is lawful when the loader would take it (bounds, `unique`, one row of `one row` records) and no measure
leaves its declared bounds. A value that the facts do not allow is unknown as well: of a measure within its bounds, of a
part of a score up to its maximum; a measure that is outside its bounds in every completion is anything.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import Quantity, Type, Value
from attain_engine.facts.model import Facts
from tests.oracle.expressions import Scope, is_outside
from tests.oracle.facts_generator import alike, random_rows
from tests.oracle.interpreter import UNDETERMINED, Interpreter
from tests.oracle.samples import Samples
from tests.oracle.world import Fields, NotAllowedError, NoValueError, OutsideBoundsError, RowId, UnknownReachedError

NO_VALUE = "no value"
BUDGET = 60


class Completion:
    """Draws a value for each unknown part that is asked for, and keeps to it."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self.chosen: dict[object, Any] = {}
        self.without: list[NotAllowedError] = []

    def field(self, row: RowId, field: model.Field) -> Value:
        return self._keep((row, field.name), lambda: self.samples.field(field))  # type: ignore[no-any-return]

    def rows(self, record: model.Record) -> tuple[Fields, ...]:
        return self._keep(record.id, lambda: random_rows(record, self.samples, 4))  # type: ignore[no-any-return]

    def entry(self, table: model.Table, number: int) -> Value:
        return self._keep((table.id, number), lambda: self._figure(table))  # type: ignore[no-any-return]

    def instead(self, trouble: NotAllowedError, asked: object, type_: Type, low: Any = None, high: Any = None) -> Any:
        self.without.append(trouble)
        return self._keep(("instead", asked), lambda: self.samples.of(type_, low, high))

    def _figure(self, table: model.Table) -> Any:
        """A figure that was not published may also be far from all that were."""
        if isinstance(table.type, Quantity) and self.samples.rng.random() < 0.5:
            return self.samples.rng.choice([0, 10**9])
        return self.samples.of(table.type)

    def _keep(self, slot: object, draw: Any) -> Any:
        if slot not in self.chosen:
            self.chosen[slot] = draw()
        return self.chosen[slot]


class CompletedInterpreter(Interpreter):
    """`never`: calls of measures that are outside their bounds in every completion; `outside` and `within`: those that
    are so in this one. It is lawful where nothing is outside."""

    def __init__(self, *given: Any, chooser: Completion, never: frozenset[object]) -> None:
        super().__init__(*given, chooser=chooser)
        self.completion, self.never = chooser, never
        self.outside: set[object] = set()
        self.within: set[object] = set()

    def check_bounds(self, measure: model.Measure, call: object, value: Any) -> None:
        if call in self.never:
            raise OutsideBoundsError(f"{measure.id} is outside its bounds in every completion")
        (self.outside if is_outside(measure, value) else self.within).add(call)

    def is_undetermined(self, asked: model.StatusIs, track: object, scope: Scope) -> bool:
        def ask(other: Interpreter) -> object:
            if track is None and asked.requirement is None:
                return other.designation(asked.designation).verdict
            return other.has_status(asked, track, scope)

        # The same in every completion; without the memory, a status in a status would try completions of completions.
        known = _undetermined_of(self.facts)
        key = (id(self.program), asked, track, scope.on, tuple(sorted(self.readings.items())))
        if key not in known:
            known[key] = len(answers(self.program, self.facts, scope.on, self.readings, ask)) > 1
        return known[key]

    def are_rows_apart(self) -> bool:
        """Two rows that became alike by the values tried are not lawful."""
        chosen = self.completion.chosen
        for record in self.program.records.values():
            rows = [
                {name: chosen.get((RowId(record.id, number), name), value) for name, value in row.values.items()}
                for number, row in enumerate(self.facts.tables.get(record.id, ()))
            ]
            if any(alike(record, one, other) for index, one in enumerate(rows) for other in rows[:index]):
                return False
        return True


_undetermined: dict[int, tuple[Facts, dict[Any, bool]]] = {}


def _undetermined_of(facts: Facts) -> dict[Any, bool]:
    """What is undetermined for the facts asked about last."""
    if id(facts) not in _undetermined:
        _undetermined.clear()
        _undetermined[id(facts)] = (facts, {})
    return _undetermined[id(facts)][1]


def answers(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    ask: Callable[[Interpreter], Any],
    budget: int = BUDGET,
) -> frozenset[Any]:
    """What is answered (or `no value`) on the completions tried: one answer where the known facts decide it; none where
    no lawful completion was found."""
    try:
        return frozenset([_answer(ask, Interpreter(program, facts, on, readings))])
    except (UnknownReachedError, NotAllowedError):
        pass
    samples = Samples(program, on, Random(0))
    never: frozenset[object] = frozenset()
    while True:
        found, outside, within = set(), set[object](), set[object]()
        for _ in range(budget):
            completion = Completion(samples)
            interpreter = CompletedInterpreter(program, facts, on, readings, chooser=completion, never=never)
            answer = _answer(ask, interpreter)
            outside |= interpreter.outside
            within |= interpreter.within
            if not interpreter.outside and interpreter.are_rows_apart():
                found.add(answer)
        if found or not outside - within:
            return frozenset(found)
        never |= outside - within


def _answer(ask: Callable[[Interpreter], Any], interpreter: Interpreter) -> Any:
    try:
        return ask(interpreter)
    except NotAllowedError:
        raise
    except NoValueError:
        return NO_VALUE


def verdicts(
    program: model.Program, facts: Facts, on: datetime.date, readings: Mapping[str, str], designation: str
) -> frozenset[str]:
    """Each of `met` (with tiers: the award's name), `not met` and `no value` that some completion tried leads to."""
    return answers(program, facts, on, readings, lambda each: each.designation(designation).verdict)


def verdict(
    program: model.Program, facts: Facts, on: datetime.date, readings: Mapping[str, str], designation: str
) -> str:
    """`met` or the award's name, `not met`, `no value`, or `undetermined`."""
    found = verdicts(program, facts, on, readings, designation)
    return next(iter(found)) if len(found) == 1 else UNDETERMINED
