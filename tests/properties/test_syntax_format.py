"""What holds of laying out any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attain_compiler.source import SourceFile
from attain_compiler.syntax.format import format_source, lay_out
from attain_compiler.syntax.parse import parse, read
from tests.properties.texts import ANYTHING, DERIVED, WRITTEN, damaged

TEXTS = WRITTEN | DERIVED | damaged()


def source(text: str) -> SourceFile:
    return SourceFile("any.attain", text)


def laid_out(text: str) -> str:
    """The layout itself, without the check that it says the same; a text with errors as it is."""
    written = read(source(text))
    return text if written.diagnostics else lay_out(source(text), written)


@given(TEXTS)
def test_the_tree_stays(text: str) -> None:
    before, after = parse(source(text)), parse(source(laid_out(text)))
    assert before[0] == after[0]
    assert [each.code for each in before[1]] == [each.code for each in after[1]]


@given(TEXTS)
def test_the_comments_stay(text: str) -> None:
    before, after = parse(source(text))[0], parse(source(laid_out(text)))[0]
    assert [each.text for each in before.comments] == [each.text for each in after.comments]


@given(TEXTS)
def test_laying_out_twice_is_laying_out_once(text: str) -> None:
    once = laid_out(text)
    assert laid_out(once) == once


@given(TEXTS)
def test_what_is_laid_out_is_tidy(text: str) -> None:
    if read(source(text)).diagnostics:
        return
    lines = laid_out(text).split("\n")
    assert lines[-1] == ""
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\n\n\n" not in laid_out(text)


@given(WRITTEN | DERIVED, st.data())
def test_spaces_between_words_do_not_matter(text: str, data: st.DataObject) -> None:
    """More space where there is some, outside of texts and comments, is laid out the same."""
    scanned = read(source(text))
    if scanned.diagnostics:
        return
    token = data.draw(st.sampled_from([token for each in scanned.declared for token in each.tokens if token.text]))
    if token.indent >= 0 or text[token.start - 1] != " ":
        return
    spaced = text[: token.start] + "   " + text[token.start :]
    assert laid_out(spaced) == laid_out(text)


@given(ANYTHING | damaged())
def test_a_text_with_mistakes_is_left_alone(text: str) -> None:
    if read(source(text)).diagnostics:
        assert format_source(source(text)) == text
