"""Whatever stage of a plan the time is over in, it ends there, and what was found by then is given with its bound. No
clock is looked at: the time is over when a stage has been entered so often."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.api import Facts, forecast
from attain_engine.forecast.forecast import _Forecasting
from attain_engine.open.conditions import Amount
from attain_engine.open.quantities import add, at_least, of_amount, scale
from attain_engine.optimise import Choice, Problem, search, solve
from attain_engine.plan import Plan, Wishes, answer, plan
from attain_engine.plan import search as over_days
from attain_engine.plan.candidates import candidate_of
from attain_engine.plan.opened import _Opening
from attain_engine.plan.timeline import Timeline
from attain_engine.plan.versions import _Versions
from attain_engine.questions import modes
from attain_engine.solve.deadline import OutOfTime, ending_by, look
from tests.regressions.asked import read

ON = datetime.date(2024, 3, 31)

LEARNING = """\
entity Person

enum Level
  first
  second

record Held
  holder  Person
  level   Level
  until   date

define at_level(p Person, l Level)
  some Held h where h.holder is p and h.level is l and h.until later than assessment date

designation d "D"
  require two "Two" (count of Held h where h.level is second and h.until later than assessment date) at least 2

change learn(p Person, l Level) "Learn {l}: {p}"
  when l is first or at_level(p, first)
  adds Held { holder: p, level: l, until: 12 months after plan date }
  cost 100 USD
  takes 3 weeks
  at most 1 at a time for each p
"""
HELD = [
    {"holder": holder, "level": "first", "until": until}
    for holder, until in (("ana", "2024-04-05"), ("bo", "2024-05-09"), ("cy", "2024-02-01"))
]
CHEAPEST = 200


def learning(folder: Path) -> tuple[Program, Facts]:
    return read(folder, LEARNING, {"Held": HELD}, {})


class Over:
    """The time is over once a stage is entered; how often it is entered after that."""

    def __init__(self) -> None:
        self.from_now_on = True
        self.over = False
        self.later = 0

    def __call__(self) -> bool:
        return self.over

    def in_stage(self, patch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        stage = getattr(owner, name)

        def entered(*given: Any, **more: Any) -> Any:
            self.later += self.over
            self.over = self.over or self.from_now_on
            return stage(*given, **more)

        patch.setattr(owner, name, entered)


STAGES = [
    (_Versions, "at"),
    (_Versions, "_closure"),
    (_Opening, "_open"),
    (Timeline, "candidate"),
    (Timeline, "possible"),
    (over_days, "ready_days"),
    (over_days, "Bounds"),
]
AFTER_A_PLAN = [each for each in STAGES if each[1] in ("_open", "ready_days", "Bounds")]
"""The first days have the best plan, and bounds prove it: by candidates that are known already."""


def planned(program: Program, facts: Facts, over: Callable[[], bool], **wished: Any) -> Plan:
    return plan(program, facts, ON, wishes=Wishes(interrupted=over, **wished))


def test_the_cheapest_plan(tmp_path: Path) -> None:
    found = planned(*learning(tmp_path), lambda: False)
    assert (found.status, found.plans[0].cost_exact.number) == ("proved", str(CHEAPEST))


@pytest.mark.parametrize(("owner", "stage"), STAGES, ids=[name for _, name in STAGES])
def test_a_stage_that_begins_when_the_time_is_over_ends_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, stage: str
) -> None:
    asked = learning(tmp_path)
    over = Over()
    line = Timeline.__init__

    def ready_to_search(*given: Any, **more: Any) -> None:
        line(*given, **more)
        over.from_now_on = True

    over.from_now_on = False
    monkeypatch.setattr(Timeline, "__init__", ready_to_search)
    over.in_stage(monkeypatch, owner, stage)
    found = planned(*asked, over)
    assert over.over
    assert not over.later
    assert found.status in ("nothing found", "best found")


@pytest.mark.parametrize(("owner", "stage"), AFTER_A_PLAN, ids=[name for _, name in AFTER_A_PLAN])
def test_what_was_found_before_a_stage_that_ends_is_given_with_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, stage: str
) -> None:
    asked = learning(tmp_path)
    over = Over()
    over.from_now_on = False
    look_into = over_days.Search._look_into

    def looked(search: Any, day: datetime.date, few: bool) -> None:
        look_into(search, day, few)
        over.from_now_on = search.best is not None

    monkeypatch.setattr(over_days.Search, "_look_into", looked)
    over.in_stage(monkeypatch, owner, stage)
    found = planned(*asked, over)
    assert over.over
    assert not over.later
    assert found.status == "best found"
    assert int(found.plans[0].cost_exact.number) >= CHEAPEST
    assert found.bound
    assert found.plans[0].after[0].verdict == "met"


@pytest.mark.parametrize("stage", ["needs", "lapses", "afterwards"])
def test_what_there_is_no_time_to_say_of_a_plan_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def late(*_: Any) -> None:
        raise OutOfTime

    monkeypatch.setattr(answer, stage, late)
    (found,) = planned(*learning(tmp_path), lambda: False).plans
    assert found.afterwards == answer.NOT_LOOKED
    assert found.cost_exact.number == str(CHEAPEST)


def test_a_forecast_ends_with_the_days_that_it_has_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, facts = learning(tmp_path)
    whole = forecast(program, facts, ON)
    truths = _Forecasting._truths
    seen: list[Any] = []

    def late(self: Any, evaluator: Any) -> Any:
        seen.append(evaluator)
        if len(seen) > 2:
            raise OutOfTime
        return truths(self, evaluator)

    monkeypatch.setattr(_Forecasting, "_truths", late)
    found = forecast(program, facts, ON)
    assert whole.to == whole.asked_to
    assert ON < found.to < found.asked_to


@pytest.mark.parametrize("wished", [{"survive": frozenset({"Person"})}, {"forbid": frozenset({"learn"})}])
def test_what_follows_a_plan_has_the_time_that_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wished: dict[str, Any]
) -> None:
    given: list[float] = []

    def follows(*arguments: Any, wishes: Wishes, **_: Any) -> Any:
        assert wishes.time_limit is not None
        given.append(wishes.time_limit)
        return arguments[4]

    asked: tuple[Any, ...] = (*learning(tmp_path), ON, {})
    found = plan(*asked, wishes=Wishes(forbid=frozenset({"learn"})))
    monkeypatch.setattr(modes, "plan_and_facts", lambda *_, **__: (found, ()))
    monkeypatch.setattr(modes, "surviving", follows)
    monkeypatch.setattr(modes, "explained", follows)
    modes.asked_as("plan", *asked, targets=(), wishes=Wishes(time_limit=50, **wished))
    assert given
    assert all(each < 50 for each in given)


def test_what_is_ended_otherwise_is_noticed_however_deep() -> None:
    over = Over()
    with ending_by(None, over), ending_by(None):
        look()
        over.over = True
        with pytest.raises(OutOfTime):
            look()
    look()


def test_a_program_that_there_is_no_time_to_write_leaves_what_was_found_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = Over()
    over.in_stage(monkeypatch, search, "integer_program")
    amounts = [Amount("decision", each, 0, 400) for each in ("a", "b")]
    enough = at_least(add(of_amount(amounts[0]), scale(of_amount(amounts[1]), 2)), 150)
    choices = tuple(Choice(each.name, each, 0, 3, 0, 0) for each in amounts)
    outcome = solve(Problem(enough, choices), interrupted=over)
    assert over.over
    assert not over.later
    assert (outcome.status, outcome.bound) == ("best found", 0)
    assert outcome.solution is not None
    assert outcome.solution.satisfies(enough)


PRICED = """\
record Member
  name  text
  good  flag default no

parameter fee money USD
  from 2000-01-01  5 USD
  from 2024-05-01  2 USD

designation d "D"
  require everybody "All" every Member m has m.good
  require late "Late" assessment date on or after 2024-06-01

change mend(m Member) "Mend {m.name}"
  when not (m.good)
  sets m.good to yes
  cost COST
  takes 3 days
"""


@pytest.mark.parametrize(("cost", "least"), [("fee", 2), ("5 USD", 5), ("fee as of 2024-01-01", 5)])
def test_a_change_is_looked_at_on_each_day_only_where_the_day_makes_it_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cost: str, least: int
) -> None:
    made: list[datetime.date] = []

    def counted(evaluator: Any, *given: Any) -> Any:
        made.append(evaluator.date)
        return candidate_of(evaluator, *given)

    monkeypatch.setattr("attain_engine.plan.timeline.candidate_of", counted)
    found = planned(*read(tmp_path, PRICED.replace("COST", cost), {"Member": [{"name": "ana"}]}, {}), lambda: False)
    assert (found.status, found.plans[0].cost_exact.number) == ("proved", str(least))
    assert (set(made) == {ON}) == (cost == "5 USD")
