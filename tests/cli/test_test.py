"""`attain test`."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from attain_compiler.diagnostics.render import FORMATS
from attain_engine.cli.watching import watch
from tests.cli.conftest import Attain, Write
from tests.cli.policies import BAD, FUND, GOOD

WRONG = FUND.replace("2_000 EUR }\n  expect", "1_999 EUR }\n  expect")


def test_examples_that_come_true_are_counted(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND)
    result = attain("test", "fund.attain")
    assert (result.code, result.out, result.err) == (0, "", "1 of 1 examples passed in 1 policy\n")


def test_an_example_that_fails_is_shown_where_it_is(attain: Attain, write: Write) -> None:
    write("fund.attain", WRONG)
    result = attain("test", "fund.attain")
    assert (result.code, result.err) == (1, "0 of 1 examples passed in 1 policy\n")
    assert result.out.startswith("error[example-failed]: example `a fifth is enough`:")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_of_a_failure(attain: Attain, write: Write, form: str) -> None:
    write("fund.attain", WRONG)
    result = attain("test", "--output-format", form)
    assert result.code == 1
    assert "example-failed" in result.out


def test_json_is_the_format_of_findings(attain: Attain, write: Write) -> None:
    write("fund.attain", WRONG)
    document = json.loads(attain("test", "--output-format", "json").out)
    assert document["summary"] == {"errors": 1, "warnings": 0, "notes": 0}


def test_junit_passes_when_the_examples_do(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND)
    suite = ElementTree.fromstring(attain("test", "--output-format", "junit").out).find("testsuite")
    assert suite is not None
    assert suite.get("failures") == "0"


def test_a_policy_without_examples_passes(attain: Attain, write: Write) -> None:
    write("grant.attain", GOOD)
    assert attain("test").code == 0


def test_a_policy_with_mistakes_is_bad_input(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    result = attain("test")
    assert (result.code, result.out) == (2, "")
    assert "did you mean `joined`?" in result.err


@pytest.mark.parametrize("form", [each for each in FORMATS if each != "full"])
def test_what_reads_a_format_is_told_of_mistakes_in_it(attain: Attain, write: Write, form: str) -> None:
    write("broken.attain", BAD)
    result = attain("test", "--output-format", form)
    assert result.code == 2
    assert "did you mean `joined`?" in result.out or "unknown-name" in result.out


def test_a_policy_with_mistakes_does_not_keep_the_others_from_being_tested(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    write("fund.attain", WRONG)
    result = attain("test", "broken.attain", "fund.attain")
    assert result.code == 2
    assert "example-failed" in result.out
    assert "did you mean `joined`?" in result.err


def test_examples_of_one_title_are_counted_one_by_one(attain: Attain, write: Write) -> None:
    example = WRONG[WRONG.index("example ") :]
    write("fund.attain", f"{WRONG}\n{example}")
    assert attain("test").err == "0 of 2 examples passed in 1 policy\n"


def test_examples_run_again_when_a_policy_is_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failing, mended, broken by a file beside it that is new, and ended."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "fund.attain"
    path.write_text(WRONG, "utf-8")
    edits = iter(
        (
            lambda: path.write_text(FUND, "utf-8"),
            lambda: None,
            lambda: (tmp_path / "more.attain").write_text(WRONG.replace("policy fund", "policy more"), "utf-8"),
        )
    )

    def edit() -> None:
        try:
            next(edits)()
        except StopIteration:
            raise KeyboardInterrupt from None

    assert watch((), edit) == 1
    told = capsys.readouterr()
    assert [line.partition(";")[0] for line in told.err.splitlines()] == [
        "0 of 1 examples passed",
        "1 of 1 examples passed",
        "1 of 2 examples passed",
    ]
    assert told.out.count("error[example-failed]") == 2


def test_what_is_watched_is_only_shown(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND)
    assert attain("test", "--watch", "--coverage").code == 2
