"""The page about facts says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.facts import Facts, load_facts, render_problems
from attain_engine.facts.mapping_file import mapping_of
from attain_engine.facts.vocabulary import vocabulary_of
from attain_engine.policies import read_policy

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def program() -> Program:
    read = read_policy(str(ROOT / "policies" / "modern_work.attain"))
    assert read.program is not None
    return read.program


def loaded(program: Program, path: Path | None, *sets: str) -> Facts:
    facts, problems = load_facts(program, path, sets=sets)
    assert problems == ()
    assert facts is not None
    return facts


def test_the_file_is_one(tmp_path: Path, program: Program) -> None:
    path = tmp_path / "facts.json"
    path.write_text(block("json"), encoding="utf-8")
    facts = loaded(program, path)
    assert [len(rows) for rows in facts.tables.values()] == [2, 2, 0]
    assert len(facts.values) == 3


def test_the_table_is_one(tmp_path: Path, program: Program) -> None:
    (tmp_path / "usage.csv").write_text(block("csv"), encoding="utf-8")
    (rows,) = loaded(program, tmp_path).tables.values()
    assert [row.values["tenant"] for row in rows] == ["adatum", "Fabrikam, Inc."]


def test_the_mapping_is_one(program: Program) -> None:
    mapping, problems = mapping_of(block("toml"), "attain-facts.toml", vocabulary_of(program))
    assert problems == []
    assert mapping.organisation == "Contoso"
    (usage,) = mapping.tables.values()
    assert set(usage.fields) == {"paid_seats", "month", "trial", "association"}


def test_the_settings_are_settings(program: Program) -> None:
    settings = re.findall(r"--set (\S+=-?\d+)(?= |$)", block("sh"), re.MULTILINE)
    assert len(loaded(program, None, *settings).values) == 2


def test_the_mistake_is_reported_so(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"smb,cpor,{customers}\n" for customers in range(11)]
    (tmp_path / "contoso").mkdir()
    (tmp_path / "contoso" / "prospect.csv").write_text(f"track,option,customers\n{''.join(rows)}Smb,cpor,1\n")
    monkeypatch.chdir(tmp_path)
    _, problems = load_facts(program, Path("contoso"))
    reports = [render_problems([each]) for each in problems if each.code == "facts-unknown-value"]
    assert reports == [block("text") + "\n"]
