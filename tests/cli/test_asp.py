"""`attain asp`."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.solve.answer_sets import answer_set
from tests.cli.conftest import Attain, Write
from tests.cli.policies import FUND, SHORT


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write("fund.attain", FUND)
    write("short.json", SHORT)


@pytest.mark.parametrize("facts", [(), ("short.json",)], ids=["nothing known", "facts known"])
def test_the_program_has_each_declaration_with_its_place(attain: Attain, facts: tuple[str, ...]) -> None:
    result = attain("asp", "fund.attain", *facts)
    assert (result.code, result.err) == (0, "")
    assert "fund.attain:25\n% designation" in result.out


def test_rules_and_facts_printed_apart_are_the_program(attain: Attain) -> None:
    rules, facts = attain("asp", "fund.attain").out, attain("asp", "fund.attain", "short.json", "--facts-only").out
    assert attain("asp", "fund.attain", "short.json").out == f"{rules}\n{facts}"
    assert attain("asp", "fund.attain", "short.json", "--rules-only").out == rules


def test_rules_for_usual_facts_have_no_answer_for_others(attain: Attain, write: Write) -> None:
    write("short.json", SHORT.replace("10000", "250000000000"))
    rules, facts = attain("asp", "fund.attain").out, attain("asp", "fund.attain", "short.json", "--facts-only").out
    assert "print them with `--rules-only`" in facts
    with pytest.raises(RuntimeError, match="no answer sets"):
        answer_set(f"{rules}\n{facts}")
    answer_set(attain("asp", "fund.attain", "short.json").out)


def test_the_program_can_go_into_a_file(attain: Attain, tmp_path: Path) -> None:
    shown = attain("asp", "fund.attain").out
    assert attain("asp", "fund.attain", "-o", "fund.lp").out == ""
    assert (tmp_path / "fund.lp").read_text(encoding="utf-8") == shown


def test_text_of_the_policy_stays_in_comments(attain: Attain, write: Write) -> None:
    write("fund.attain", FUND.replace('"Three members"', '"Three). evil(1). %* members"'))
    result = attain("asp", "fund.attain")
    assert all(line.startswith("%") for line in result.out.splitlines() if "evil" in line)
