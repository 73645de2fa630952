"""What a comparison does not ask: the other edition where one settles it, other requirements, the same again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from attain_engine.compare import replay
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.items import Item
from attain_engine.compare.replay import both_told, evaluator_of
from attain_engine.evaluate import designations
from attain_engine.facts.model import Facts
from attain_engine.policies import read_policy

ON = datetime.date(2024, 1, 1)
CLUB = """\
policy club "Club"
  in force from 2023-01-01

measure members count 0 to 100 "Members"
  0

measure hours count 0 to 100 "Hours"
  0

designation supported "Supported"
  require people "Members" members at least {needed}
  require help "Hours" hours at least 5
"""
PEOPLE = Item("requirement", "club.supported", "Members", "people")


def editions(base: int = 10, head: int = 20) -> Editions:
    def edition(needed: int) -> Edition:
        program = read_policy("club.attain", CLUB.format(needed=needed)).program
        assert program is not None
        return Edition.by_default(program, {})

    return Editions(edition(base), edition(head))


def facts(members: int) -> Facts:
    return Facts("a club", {}, {("club.members", ()): members})


@pytest.mark.parametrize(
    ("first", "asked"), [(None, ["base", "head"]), ("met", ["base", "head"]), ("failed", ["base"])]
)
def test_head_is_asked_only_where_base_says_what_is_wanted(
    monkeypatch: pytest.MonkeyPatch, first: str | None, asked: list[str]
) -> None:
    both = editions()
    seen: list[str] = []

    def noted(edition: Edition, *given: Any) -> Any:
        seen.append("base" if edition is both.base else "head")
        return evaluator_of(edition, *given)

    monkeypatch.setattr(replay, "evaluator_of", noted)
    found = both_told(both, PEOPLE, ON, facts(15), first)
    assert seen == asked
    assert found == (("met", None) if asked == ["base"] else ("met", "failed"))


def test_a_requirement_is_asked_without_the_others_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    both = editions()
    evaluator = evaluator_of(both.base, facts(15), ON)
    asked: list[Any] = []
    evaluate = designations._evaluate

    def noted(state: Any, expression: Any, *given: Any) -> Any:
        asked.append(expression)
        return evaluate(state, expression, *given)

    monkeypatch.setattr(designations, "_evaluate", noted)
    assert PEOPLE.found(evaluator, PEOPLE.owner) is True
    assert PEOPLE.found(evaluator, PEOPLE.owner) is True
    people, _ = both.base.program.designations[PEOPLE.owner].requirements
    assert asked == [people.condition]
