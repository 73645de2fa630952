"""A time limit is kept by whatever may take long, and what was found by then is kept. The clock is one that goes on by
one whenever it is looked at: so nothing here depends on how fast a machine is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest

from attain_compiler.model.types import COUNT
from attain_engine.api import load_policy
from attain_engine.check.tested import own_examples
from attain_engine.compare import compare
from attain_engine.compare.witness import smallest
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.missing import MeasureNotGiven
from attain_engine.evaluate.values import compare as compared
from attain_engine.evaluate.values import unknown_of
from attain_engine.evaluate.work import BETWEEN_LOOKS
from attain_engine.facts import Facts
from attain_engine.open.conditions import Formula
from attain_engine.solve.certain import Completion, completion
from attain_engine.solve.deadline import OutOfTime, ending_by, left, look
from attain_engine.solve.simplex import Bound, Simplex, TooManyBranches
from attain_engine.suggest import suggest
from attain_engine.suggest import written as writing
from attain_engine.suggest.written import policy as written
from tests.suggest.test_suggest import POLICY

STOP = 20
"""So many looks at the clock after the time is over would be one stage that goes on, and not the ends of several."""


class Clock:
    """Shows 1, 2, 3 and so on."""

    def __init__(self) -> None:
        self._shown = count(1)
        self.last = 0

    def monotonic(self) -> float:
        self.last = next(self._shown)
        return self.last


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("attain_engine.solve.deadline.time", made)
    return made


@pytest.fixture
def over() -> Iterator[None]:
    """The time is over."""
    with ending_by(0):
        yield


@pytest.mark.usefixtures("clock")
def test_the_deadline_that_comes_first_counts() -> None:
    with ending_by(3), ending_by(100):
        assert left() == 2
        look()
        with pytest.raises(OutOfTime):
            look()
    assert left() is None


@pytest.mark.parametrize("until", [0, 5, 20, 50, 90])
def test_suggesting_ends_in_time_with_what_was_found_by_then(tmp_path: Path, clock: Clock, until: int) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    found = suggest(program, (), until)
    assert not found.complete
    assert clock.last < until + STOP
    decided = {(each.kind, each.span): each.seen for each in found.places}
    brought = {(key, outcome) for each in found.found for key, outcome in each.brings}
    assert all(outcome in decided[key] for key, outcome in brought)
    assert {(key, each) for key, seen in decided.items() for each in seen} == brought, "nothing found is lost"


@pytest.mark.usefixtures("clock")
def test_more_time_finds_no_less(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    few, more = suggest(program, (), 30), suggest(program, (), 110)
    assert 0 < len(few.found) < len(more.found)


def test_examples_that_there_is_no_time_to_try_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    (tmp_path / "club.attain").write_text(POLICY, "utf-8")
    found = suggest(program, (), float("inf"))
    monkeypatch.setattr(writing, "time", Clock())
    some, every = written(program, found.found, 12), written(program, found.found)
    assert (some.complete, every.complete) == (False, True)
    assert some.read.program is not None
    assert every.read.program is not None
    assert 0 < len(own_examples(some.read.program)) < len(own_examples(every.read.program))


def _number() -> object:
    return unknown_of(COUNT, MeasureNotGiven("m", (), ""), 0, 1_000)


@pytest.mark.usefixtures("over")
def test_a_search_is_not_begun_when_the_time_is_over() -> None:
    condition = compared(">=", _number(), 7)
    with pytest.raises(OutOfTime):
        completion(condition)


@pytest.mark.usefixtures("over")
def test_facts_are_not_made_smaller_when_the_time_is_over() -> None:
    condition = compared(">=", _number(), 7)
    assert isinstance(condition, Formula)
    with pytest.raises(OutOfTime):
        smallest(condition, Completion(frozenset(), {}))


def test_numbers_are_given_up_when_the_time_is_over() -> None:
    numbers = Simplex([True, True, False], {2: {0: 1, 1: 1}})
    bounds = [Bound(2, Fraction(5), upper=False, strict=False, reason="five")]
    assert numbers.conflict(bounds) is None
    again = Simplex([True, True, False], {2: {0: 1, 1: 1}})
    again.until = 0
    with pytest.raises(TooManyBranches):
        again.conflict(bounds)


@pytest.mark.usefixtures("over")
def test_an_evaluation_ends_when_the_time_is_over(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    evaluator = Evaluator(program, world_of(program, Facts("x", {})), datetime.date(2024, 1, 1))

    def work() -> None:
        for _ in range(BETWEEN_LOOKS):
            evaluator.work.step(next(iter(program.measures.values())))

    with pytest.raises(OutOfTime):
        work()


GRANT = 'policy grant "G"\n\nmeasure a count 0 to 9\n  5\n\ndesignation d "D"\n  require one "One" a at least 5\n'


@pytest.mark.parametrize("until", range(6))
def test_a_comparison_ends_in_time(tmp_path: Path, clock: Clock, until: int) -> None:
    editions: Callable[[str], object] = lambda text: load_policy(tmp_path / "grant.attain", text)  # noqa: E731
    found = compare(editions(GRANT), editions(GRANT.replace("at least", "more than")), until=until)  # type: ignore[arg-type]
    assert clock.last < until + STOP
    told = {each.relation for each in found.findings}
    assert told <= {"not compared", "stricter"}
    assert until or told == {"not compared"}
