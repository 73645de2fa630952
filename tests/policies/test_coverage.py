"""How much of the shipped policies their examples decide."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from attain_engine.check.coverage import coverage, per_mille
from attain_engine.policies import find_policies, read_policy
from attain_engine.report.coverage_text import coverage_markdown

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ci.md"
BEGIN, END = "<!-- coverage -->\n", "<!-- end -->"


def test_the_figures_in_the_documents_are_those_of_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    programs = (read_policy(path).program for path in find_policies(["policies"]))
    places = coverage(each for each in programs if each is not None)
    page = PAGE.read_text(encoding="utf-8")
    begin = page.index(BEGIN) + len(BEGIN)
    before, after = page[:begin], page[page.index(END, begin) :]
    found = f"{before}{coverage_markdown(places)}{after}"
    if os.environ.get("ATTAIN_GOLDEN") == "write":
        PAGE.write_text(found, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == found
    assert per_mille(places) >= 950
    assert [each for each in places if each.seen & each.impossible] == []  # what is proved is so
