"""The catalogue, its pages in `docs/diagnostics`, and the golden cases say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain_compiler.diagnostics.catalogue import CATALOGUE, ENTRIES, Entry
from attain_engine.cli.documents import diagnostic_pages, write_pages

PAGES = Path(__file__).parent.parent.parent / "docs" / "diagnostics"


def code(entry: Entry) -> str:
    return entry.code


def test_no_two_entries_have_one_code() -> None:
    assert len(CATALOGUE) == len(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES, ids=code)
def test_a_code_is_kebab_case(entry: Entry) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.code)


@pytest.mark.parametrize("entry", ENTRIES, ids=code)
def test_a_summary_is_one_line_in_the_style_of_a_message(entry: Entry) -> None:
    assert re.fullmatch(r"[^A-Z\n\s][^\n]*[^.\s]", entry.summary)


@pytest.mark.parametrize("entry", ENTRIES, ids=code)
def test_an_entry_says_why_in_whole_sentences(entry: Entry) -> None:
    assert len(entry.why.split()) >= 8
    assert entry.why.strip()[-1] in '."`)'


@pytest.mark.parametrize("entry", ENTRIES, ids=code)
def test_what_to_avoid_and_what_to_prefer_come_together(entry: Entry) -> None:
    assert bool(entry.avoid.strip()) == bool(entry.prefer.strip())
    assert entry.avoid != entry.prefer or not entry.avoid


@pytest.mark.parametrize(("name", "text"), diagnostic_pages().items(), ids=diagnostic_pages().keys())
def test_the_page_in_the_documents_is_up_to_date(name: str, text: str) -> None:
    """`make documents` writes them."""
    assert (PAGES / name).read_text(encoding="utf-8") == text


def test_there_is_no_page_without_an_entry() -> None:
    assert {path.name for path in PAGES.iterdir()} == diagnostic_pages().keys()


def test_writing_the_pages_removes_those_of_codes_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "long-gone.md").write_text("old")
    write_pages(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == diagnostic_pages().keys()
