"""`attain asp`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Attain, Write
from tests.cli.policies import FUND, SHORT


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write("fund.attain", FUND)
    write("short.json", SHORT)


@pytest.mark.parametrize("facts", [(), ("short.json",)], ids=["nothing known", "facts known"])
def test_the_program_names_the_place_of_each_requirement(attain: Attain, facts: tuple[str, ...]) -> None:
    result = attain("asp", "fund.attain", *facts)
    assert (result.code, result.err) == (0, "")
    assert "(fund.attain:26:3)\nrequirement(0,0,0," in result.out


def test_the_program_can_go_into_a_file(attain: Attain, tmp_path: Path) -> None:
    shown = attain("asp", "fund.attain").out
    assert attain("asp", "fund.attain", "-o", "fund.lp").out == ""
    assert (tmp_path / "fund.lp").read_text(encoding="utf-8") == shown


def test_text_of_the_policy_stays_in_comments(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND.replace('"Three members"', '"Three). evil(1). %* members"'))
    result = attain("asp", "fund.attain")
    assert all(line.startswith("%") for line in result.out.splitlines() if "evil" in line)
