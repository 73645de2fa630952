"""Facts for several policies at once, some of whose names are the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from attain_engine.facts import Facts, FactsProblem, load_facts, write_facts_json
from tests.facts.policy import PROGRAM, put

RATE, VISIT = PROGRAM.measures["club.rate"], PROGRAM.records["club.Visit"]
BOTH = replace(
    PROGRAM,
    measures={**PROGRAM.measures, "hotel.rate": replace(RATE, id="hotel.rate")},
    records={**PROGRAM.records, "hotel.Visit": replace(VISIT, id="hotel.Visit")},
)


def read(folder: Path, text: str, *sets: str) -> tuple[Facts | None, tuple[FactsProblem, ...]]:
    put(folder / "facts.json", text)
    return load_facts(BOTH, folder / "facts.json", sets=sets)


def loaded(folder: Path, text: str, *sets: str) -> Facts:
    facts, problems = read(folder, text, *sets)
    assert problems == ()
    assert facts is not None
    return facts


def test_a_name_that_two_policies_have_needs_its_policy(tmp_path: Path) -> None:
    _, problems = read(tmp_path, '{"facts": {"Visit": []}, "given": {"rate": 0.5}}', "rate=40%")
    assert [(each.code, each.help) for each in problems] == [
        ("facts-unknown-record", "several policies have one: write `club.Visit` or `hotel.Visit`"),
        ("facts-unknown-measure", "several policies have one: write `club.rate` or `hotel.rate`"),
        ("facts-unknown-measure", "several policies have one: write `club.rate` or `hotel.rate`"),
    ]


def test_names_with_their_policy_are_told_apart(tmp_path: Path) -> None:
    text = '{"facts": {"club.Visit": [], "hotel.Visit": [{"room": "1"}]}, "given": {"hotel.rate": 0.5}}'
    facts = loaded(tmp_path, text, "club.rate=40%")
    assert {name: len(rows) for name, rows in facts.tables.items()} == {"club.Visit": 0, "hotel.Visit": 1}
    assert list(facts.values) == [("hotel.rate", ()), ("club.rate", ())]


def test_a_name_that_is_clear_may_have_its_policy_too(tmp_path: Path) -> None:
    facts = loaded(tmp_path, '{"facts": {"club.Usage": []}}', "club.net_adds.smb=1")
    assert list(facts.tables) == ["club.Usage"]
    assert len(facts.values) == 1


def test_a_table_that_is_given_under_both_its_names_is_refused(tmp_path: Path) -> None:
    _, problems = read(tmp_path, '{"facts": {"club.Usage": [], "Usage": []}}')
    assert [(each.code, each.message) for each in problems] == [("facts-given-twice", "`Usage` is given twice")]


@pytest.mark.parametrize("name", ["hotel.Visit.csv", "hotel.visit.csv"])
def test_a_table_is_named_after_its_policy(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, "room\n1\n")
    facts, problems = load_facts(BOTH, tmp_path)
    assert problems == ()
    assert facts is not None
    assert list(facts.tables) == ["hotel.Visit"]


def test_written_facts_read_back(tmp_path: Path) -> None:
    facts = loaded(tmp_path, '{"facts": {"club.Visit": [], "Usage": []}, "given": {"hotel.rate": 0.5}}')
    again = loaded(tmp_path, write_facts_json(facts, BOTH))
    assert (list(again.tables), again.values) == (list(facts.tables), facts.values)
