"""Policies that import others by names of their own, on the command line."""

from __future__ import annotations

from tests.cli.conftest import Attain, Write
from tests.model.test_modules import BOTH, LARGE, SMALL


def written(write: Write) -> None:
    for name, text in (("small", SMALL), ("large", LARGE), ("p", BOTH)):
        write(f"{name}.attain", text)


def test_records_of_one_name_are_told_apart_in_facts_and_examples(attain: Attain, write: Write) -> None:
    written(write)
    assert attain("test", "p.attain").code == 0
    large = ", ".join(f'{{"holder": "b{each}", "size": "low"}}' for each in range(20))
    rows = f'{{"small.Seat": [{{"holder": "a", "size": "high"}}], "large.Seat": [{large}]}}'
    write("facts.json", f'{{"as_of": "2024-01-31", "facts": {rows}}}')
    assert "20" in attain("why", "p.attain", "facts.json", "pairs").out
    plan = attain("plan", "p.attain", "facts.json")
    assert "Plan: proved minimal, 1 USD" in plan.out, plan.out + plan.err


def test_the_layout_and_the_suggested_examples_keep_the_names(attain: Attain, write: Write) -> None:
    written(write)
    assert attain("fmt", "--check", "p.attain").code == 0, attain("fmt", "--diff", "p.attain").out
    found = attain("test", "--suggest", "p.attain")
    assert found.code == 0, found.err
    assert "import small as s\nimport large as l\n" in found.out
    assert "given s.Seat" in found.out
    write("p_suggested_examples.attain", found.out)
    assert attain("test", ".").code == 0
