"""Everything that docs/python.md says can be raised is raised, and says what was wrong."""

from __future__ import annotations

import datetime
import importlib
import inspect
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from attain_engine import api
from attain_engine.api import Target, Wishes

PAGE = (Path(__file__).parent.parent.parent / "docs" / "python.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## What can go wrong")[2].partition("\n## ")[0]
ON = datetime.date(2024, 6, 30)
POLICY = """\
policy choir "Choir"
  in force from 2024-01-01

record Member
  trained flag default no

reading counting "Who counts"
  source R-1
  everybody default
  trained

measure members count 0 to 99 "Members"
  count of Member m where counting is everybody or m.trained

designation choir "Choir"
  tier small "Small"
    require two "Two" members at least 2

change train(m Member) "Train"
  when not (m.trained)
  sets m.trained to yes
  cost 1 EUR
"""
FACTS = '{"as_of": "2024-06-30", "facts": {"Member": [{}, {"trained": true}]}}'
CHOIR = api.load_policy("choir.attain", POLICY)
OTHER = api.load_policy("other.attain", POLICY.replace("policy choir", "policy other"))
MEMBERS = api.load_facts(CHOIR, text=FACTS)


def planned(target: Target | None = None, wishes: Wishes = Wishes()) -> object:
    return api.plan(CHOIR, MEMBERS, ON, targets=[] if target is None else [target], wishes=wishes)


(DESIGNATION,) = CHOIR.designations.values()
(ELSEWHERE,) = OTHER.designations.values()
RAISED: dict[str, tuple[str, Callable[[], object], str]] = {
    "no such file": ("PolicyMistakes", lambda: api.load_policy("nowhere.attain"), "cannot read `nowhere.attain`"),
    "a mistake": ("PolicyMistakes", lambda: api.load_policy("p", "policy"), "a name should follow"),
    "no such facts": ("FactsMistakes", lambda: api.load_facts(CHOIR, "nowhere.json"), "the facts cannot be read"),
    "no such measure": ("FactsMistakes", lambda: api.load_facts(CHOIR, sets=["x=1"]), "no measure `x`"),
    "too early": (
        "EvaluationProblem",
        lambda: api.assess(CHOIR, MEMBERS, datetime.date(2023, 1, 1)),
        "is not in force on 2023-01-01",
    ),
    "no such reading": (
        "EvaluationProblem",
        lambda: api.assess(CHOIR, MEMBERS, ON, {"counting": "trained"}),
        "there is no reading `counting`",
    ),
    "no such alternative": (
        "EvaluationProblem",
        lambda: api.plan(CHOIR, MEMBERS, ON, {"choir.counting": "nobody"}),
        "`choir.counting` has no alternative `nobody`",
    ),
    "a forecast": (
        "EvaluationProblem",
        lambda: api.forecast(CHOIR, MEMBERS, ON, {"counting": "trained"}),
        "there is no reading `counting`",
    ),
    "a row": (
        "EvaluationProblem",
        lambda: api.explain(CHOIR, MEMBERS, ON, "Member:1", {"counting": "trained"}),
        "there is no reading `counting`",
    ),
    "a program": (
        "EvaluationProblem",
        lambda: api.answer_set_program(CHOIR, MEMBERS, ON, {"counting": "trained"}),
        "there is no reading `counting`",
    ),
    "no such change": (
        "PlanProblem",
        lambda: planned(wishes=Wishes(forbid=frozenset({"sing"}))),
        "there is no change `sing`",
    ),
    "no such tier": ("PlanProblem", lambda: planned(Target(DESIGNATION, "gold")), "`choir` has no tier `gold`"),
    "another policy's": ("PlanProblem", lambda: planned(Target(ELSEWHERE)), "`other.choir` is no designation of this"),
    "no such objective": (
        "PlanProblem",
        lambda: planned(wishes=Wishes(minimize=("price",), budget=Fraction(5))),  # type: ignore[arg-type]
        "`minimize` is price",
    ),
    "no such name": ("NameProblem", lambda: api.explain(CHOIR, MEMBERS, ON, "tenors"), "is called `tenors`"),
    "no such row": ("RowProblem", lambda: api.explain(CHOIR, MEMBERS, ON, "Member:9"), "there is no row 9"),
    "no such form": (
        "ValueError",
        lambda: api.written(api.full_report(CHOIR, MEMBERS, ON), ".doc"),
        "`.doc` is no form of a report",
    ),
}
ELSEWHERE_TESTED = {"MissingLibrary", "OutsideTheCalendar", "TooFine", "TooLarge"}


def test_every_function_is_named() -> None:
    functions = {name for name in api.__all__ if inspect.isfunction(getattr(api, name))}
    assert functions - set(re.findall(r"\b[a-z_]+\b", PAGE)) == set()
    rows = PAGE.partition("## The other commands")[2].partition("\n\n[")[0].splitlines()
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.rpartition("|")[0].rpartition("|")[2])}
    assert named - functions == set()
    assert functions - named <= {"load_policy"}


def listed() -> list[str]:
    rows = [row.split("|")[1] for row in TABLE.splitlines() if row.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([\w.]+)`", row)]


@pytest.mark.parametrize("case", RAISED)
def test_what_is_listed_is_raised(case: str) -> None:
    name, ask, message = RAISED[case]
    with pytest.raises(Exception, match=re.escape(message)) as raised:
        ask()
    assert type(raised.value).__name__ == name
    assert len(str(raised.value)) < 1_500


def test_everything_is_listed_and_is_there() -> None:
    names = listed()
    assert {each.rpartition(".")[2] for each in names} == {name for name, _, _ in RAISED.values()} | ELSEWHERE_TESTED
    for each in [*names, *re.findall(r"`([\w.]+\.Disagreement)`", TABLE)]:
        module, _, name = each.rpartition(".")
        found = getattr(importlib.import_module(module), name) if module else getattr(api, name, None) or ValueError
        assert issubclass(found, Exception)
