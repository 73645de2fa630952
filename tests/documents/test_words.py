"""Every word of the language stands in its reference, and in a policy from another field than the policies shipped."""

from __future__ import annotations

import re
from pathlib import Path

from tests.documents.page import blocks

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
GRAMMAR = (ROOT / "compiler" / "attain_compiler" / "syntax" / "grammar.lark").read_text(encoding="utf-8")
WORDS = sorted(set(re.findall(r'"([a-z][a-z ]*)"', GRAMMAR)))
REFERENCE = (DOCS / "reference" / "language.md").read_text(encoding="utf-8")
POLICIES = "\n".join(
    each.text
    for page in (DOCS / "tour.md", DOCS / "reference" / "patterns.md")
    for each in blocks(page.read_text(encoding="utf-8"))
    if each.language == "attain"
)


def words_of(text: str) -> str:
    """A text with every run of space as one blank, and without comments."""
    return re.sub(r"\s+", " ", re.sub(r"#.*", "", text))


def missing_in(text: str) -> list[str]:
    """The words of the language that a text does not have."""
    return [word for word in WORDS if not re.search(rf"\b{word}\b", words_of(text))]


def test_the_words_of_the_language_are_found() -> None:
    assert {"designation", "in proportion to", "at least"} <= set(WORDS)


def test_every_word_of_the_language_is_in_its_reference() -> None:
    assert missing_in(REFERENCE) == []


def test_every_word_of_the_language_is_in_a_policy_of_another_field() -> None:
    assert missing_in(POLICIES) == []
