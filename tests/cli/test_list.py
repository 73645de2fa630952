"""`attain list`."""

from __future__ import annotations

import json

import pytest

from attain_engine.cli import main
from tests.cli.conftest import Attain, Write
from tests.cli.policies import FUND


def test_everything_that_can_be_asked_for_is_listed(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND)
    text = attain("list", "fund.attain").out
    listed = json.loads(attain("list", "fund.attain", "--output-format", "json").out)
    for kind in ("designations", "measures", "changes", "records"):
        assert listed[kind]
        assert all(each["name"] in text for each in listed[kind])


def test_a_policy_with_mistakes_has_no_list(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND.replace("m.left", "m.lft", 1))
    result = attain("list", "fund.attain")
    assert (result.code, result.out) == (2, "")


def test_commands_can_be_run_one_after_the_other_in_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["list", "modern_work"]), main(["--version"]), main(["list", "modern_work"])] == [0, 0, 0]
    assert capsys.readouterr().out.count("Solutions Partner for Modern Work") >= 2
