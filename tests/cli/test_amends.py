"""A policy that amends another, on the command line and in an editor."""

from __future__ import annotations

import json
from pathlib import Path

from attain_engine.lsp.navigation import definition
from attain_engine.lsp.workspace import Workspace
from tests.cli.conftest import Attain, Write
from tests.model.test_amends import NEW, OLD, PEOPLE

FACTS = json.dumps(
    {
        "as_of": "2025-06-01",
        "closed": True,
        "facts": {"Loan": [{"reader": name, "kind": "film", "day": "2025-04-20"} for name in "abcd"]},
    }
)
TEXT = NEW.replace("policy p ", "policy new ")


def written(write: Write) -> None:
    for name, text in (("people", PEOPLE), ("old", OLD), ("new", TEXT)):
        write(f"{name}.attain", text)
    write("facts.json", FACTS)


def test_reports_say_what_is_not_as_in_the_policy_amended(attain: Attain, write: Write, tmp_path: Path) -> None:
    written(write)
    found = attain("assess", "new.attain", "facts.json")
    assert "Card in good standing   NOT QUALIFIED" in found.out, found.out + found.err
    assert "films, books: amended, not by `most` of `old`" in found.out
    assert "films, books: amended, not by `recent` of `old`" in found.out
    why = attain("why", "new.attain", "facts.json", "card")
    assert "amended, not by `most` of `old`" in why.out
    assert attain("report", "new.attain", "facts.json", "-o", "page.html").code == 1
    assert "amended, not by" in (tmp_path / "page.html").read_text("utf-8")
    assert "amended" not in attain("assess", "old.attain", "facts.json", "--as-of", "2024-05-05").out


def test_a_plan_makes_the_changes_that_were_taken_over(attain: Attain, write: Write) -> None:
    written(write)
    found = attain("plan", "new.attain", "facts.json", "-o", "plan.json", "--output-format", "json")
    assert found.code == 0, found.err
    assert attain("show", "plan.json").code == 0
    write("old.attain", OLD.replace("cost 1 EUR", "cost 2 EUR"))
    assert attain("show", "plan.json").code != 0, "what is amended has changed"


def test_both_are_checked_tested_and_compared(attain: Attain, write: Write) -> None:
    written(write)
    assert attain("check", ".").code == 0, attain("check", ".").out
    assert attain("fmt", "--check", ".").code == 0, attain("fmt", "--diff", ".").out
    assert "2 of 2 examples passed" in attain("test", ".").err
    found = attain("diff", "old.attain", "new.attain")
    assert "in force from 2025-01-01" in found.out, found.out + found.err


def test_an_editor_finds_what_was_taken_over(write: Write, tmp_path: Path) -> None:
    written(write)
    workspace, path = Workspace((str(tmp_path),)), str(tmp_path / "new.attain")
    for name, file in (("loans(film)", "old"), ("old\n", "old"), ("fee * ", "new")):
        found = definition(workspace, path, TEXT.index(name) + 1)
        assert found is not None, name
        assert Path(found.path).stem == file
