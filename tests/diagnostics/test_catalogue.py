"""The catalogue, its pages in `docs/diagnostics`, and the golden cases say the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from attain_compiler.diagnostics.catalogue import CATALOGUE, ENTRIES, Entry
from attain_engine.cli.documents import diagnostic_pages, write_pages

PAGES = Path(__file__).parent.parent.parent / "docs" / "diagnostics"


def test_no_two_entries_have_one_code() -> None:
    assert len(CATALOGUE) == len(ENTRIES)


def codes(wrong: Callable[[Entry], bool]) -> list[str]:
    """The codes of the entries that are wrong."""
    return [entry.code for entry in ENTRIES if wrong(entry)]


def test_a_code_is_kebab_case() -> None:
    assert codes(lambda entry: not re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.code)) == []


def test_a_summary_is_one_line_in_the_style_of_a_message() -> None:
    assert codes(lambda entry: not re.fullmatch(r"[^A-Z\n\s][^\n]*[^.\s]", entry.summary)) == []


def test_an_entry_says_why_in_whole_sentences() -> None:
    assert codes(lambda entry: len(entry.why.split()) < 8 or entry.why.strip()[-1] not in '."`)') == []


def test_what_to_avoid_and_what_to_prefer_come_together() -> None:
    assert codes(lambda entry: bool(entry.avoid.strip()) != bool(entry.prefer.strip())) == []


def test_what_to_avoid_is_not_what_to_prefer() -> None:
    assert codes(lambda entry: bool(entry.avoid) and entry.avoid == entry.prefer) == []


def test_the_pages_in_the_documents_are_up_to_date() -> None:
    """`make documents` writes them."""
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    pages = diagnostic_pages()
    assert [name for name in pages if written.get(name) != pages[name]] == []


def test_there_is_no_page_without_an_entry() -> None:
    assert {path.name for path in PAGES.iterdir()} == diagnostic_pages().keys()


def test_writing_the_pages_removes_those_of_codes_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "long-gone.md").write_text("old")
    write_pages(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == diagnostic_pages().keys()
