"""`attain new`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Attain, Write


def test_a_new_policy_says_what_to_do_next(attain: Attain, tmp_path: Path) -> None:
    result = attain("new", "village_fund")
    assert (result.code, result.out) == (0, "")
    assert "attain check village_fund.attain" in result.err
    assert (tmp_path / "village_fund.attain").read_text(encoding="utf-8").count("village_fund") > 1


@pytest.mark.parametrize(
    "command", [("check", "--strict"), ("fmt", "--check"), ("test",)], ids=["check", "fmt", "test"]
)
def test_a_new_policy_works(attain: Attain, command: tuple[str, ...]) -> None:
    attain("new", "village_fund")
    result = attain(*command, "village_fund.attain")
    assert result.code == 0, result.out + result.err


def test_nothing_of_the_pattern_shows_in_a_new_policy(attain: Attain, tmp_path: Path) -> None:
    attain("new", "village_fund")
    text = (tmp_path / "village_fund.attain").read_text(encoding="utf-8")
    assert "small_grant" not in text
    assert 'policy village_fund "Village fund"' in text


def test_a_folder_can_be_given_and_is_made(attain: Attain, tmp_path: Path) -> None:
    assert attain("new", "village_fund", "--folder", "rules/2024").code == 0
    assert (tmp_path / "rules/2024/village_fund.attain").is_file()


def test_a_policy_is_never_overwritten(attain: Attain, write: Write) -> None:
    path = write("village_fund.attain", "mine")
    result = attain("new", "village_fund")
    assert result.code == 2
    assert "`village_fund.attain` is there already" in result.err
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["Village", "1st", "../x", "a b", "a.attain", "", "é", "a-b"])
def test_a_name_that_cannot_be_a_policy_is_refused(attain: Attain, tmp_path: Path, name: str) -> None:
    result = attain("new", name)
    assert result.code == 2
    assert "cannot name a policy" in result.err
    assert list(tmp_path.iterdir()) == []
