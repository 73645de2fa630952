"""What a question in a process of its own comes to when something goes wrong."""

from __future__ import annotations

import asyncio

import pytest

from attain_engine.lsp import ask
from attain_engine.lsp.answers import assessed, planned
from attain_engine.lsp.facts import facts_in
from tests.lsp.drawing import GRANT, HOME, workspace

WHOLE = (HOME / "grant.attain").read_text(encoding="utf-8")
OAK = str(HOME / "facts" / "oak")


def test_the_facts_of_a_workspace_are_found_by_what_is_in_them() -> None:
    assert facts_in(workspace(), GRANT) == (str(HOME / "facts" / "elm.json"), OAK)


def test_facts_of_other_policies_are_left_out() -> None:
    text = 'policy other "Other"\n\nrecord Boat\n  length count\n'
    assert facts_in(workspace(grant=text), GRANT) == ()


def test_facts_with_mistakes_are_answered_with_them() -> None:
    files = workspace(grant=WHOLE.replace("import people", "import people\n\nrecord Extra\n  needed count"))
    found = assessed(files, GRANT, str(HOME / "nowhere"))
    assert found.headline == "1 mistake in the facts"
    assert "nowhere" in found.text


def test_a_plan_for_nothing_says_so() -> None:
    assert planned(workspace(), GRANT, "unheard_of", OAK).headline == "there is no designation `unheard_of`"


def test_the_points_of_the_parts_come_with_an_assessment() -> None:
    found = assessed(workspace(), GRANT, OAK)
    assert found.points == (("standing", "people", "16"), ("standing", "elders", "20"))
    assert (found.facts, found.on) == ("oak", "2024-06-30")


def test_a_policy_that_cannot_be_evaluated_is_answered_as_the_command_line_does() -> None:
    text = WHOLE.replace("small 10, large 100", "from 2030-01-01 small 10, large 100")
    found = assessed(workspace(grant=text), GRANT, OAK)
    assert "UNDETERMINED" in found.headline
    assert "error[no-entry]: `members_needed` has no entry" in found.text


def test_a_question_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "LONGEST", 0)
    found = asyncio.run(ask.answer_apart(ask.Question("attain.assess", GRANT, {}, "grant_paid", OAK)))
    assert found.headline == "stopped after 0 seconds, without an answer"


def test_an_answer_comes_back_from_the_process_as_it_was_given() -> None:
    question = ask.Question("attain.runExamples", GRANT, {})
    found = asyncio.run(ask.answer_apart(question))
    assert found == ask.answer(question)
    assert found.headline == "1 of 2 examples passed"
