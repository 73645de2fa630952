"""A mistake hides nothing but its own line."""

from __future__ import annotations

import pytest

from attain_compiler.syntax import ast
from attain_compiler.syntax.parse import parse
from tests.syntax.shown import source


def found(text: str) -> list[tuple[int, str]]:
    """The line and the code of each mistake."""
    file = source(text)
    return [(file.line_and_column(each.span.start)[0], each.code) for each in parse(file)[1]]


def names(text: str) -> list[str]:
    tree, _ = parse(source(text))
    return [each.name.text for each in tree.declarations if isinstance(each, ast.Enum | ast.Entity | ast.Define)]


def test_every_line_of_a_block_is_looked_at() -> None:
    text = "enum A\n  b ?\n  c\n  d ?\n  e ?\n"
    assert found(text) == [(2, "unexpected-text"), (4, "unexpected-text"), (5, "unexpected-text")]


def test_a_first_line_that_goes_wrong_does_not_hide_the_second() -> None:
    assert found("enum A\n  ?\n  ?\n") == [(2, "unexpected-text"), (3, "unexpected-text")]


def test_a_mistake_in_a_block_within_a_line_hides_that_line_only() -> None:
    assert found("designation d\n  tier t\n    require ?\n  require x ?\n") == [
        (3, "unexpected-text"),
        (4, "unexpected-text"),
    ]


def test_a_declaration_with_a_mistake_is_left_out_of_the_tree() -> None:
    assert names("entity A\n\nenum B {\n\nentity C\n") == ["A", "C"]


def test_an_open_parenthesis_ends_where_the_next_declaration_begins() -> None:
    text = "define a\n  (b\n\nentity C\n"
    assert names(text) == ["C"]
    assert found(text) == [(2, "unclosed-parenthesis")]


def test_a_line_that_begins_no_declaration_hides_what_is_below_it_only() -> None:
    text = "entity A\nentty B\n  source S1\nentity C\n"
    assert names(text) == ["A", "C"]
    assert found(text) == [(2, "unknown-declaration")]


def test_a_row_of_the_wrong_length_is_reported_beside_other_mistakes() -> None:
    text = 'example "e"\n  given A\n    b c\n    1\n  expect\n'
    assert found(text) == [(4, "uneven-row"), (5, "unfinished")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("mesure m count\n  1\n", "measure"),
        ("define d\n  a at leats 3\n", "at least"),
        ("define d\n  a on or befor b\n", "on or before"),
        ("score s out of 10\n  part a up to 5 worht 3\n", "worth"),
        ("change c\n  costs 5 USD\n", "cost"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_the_word(text: str, word: str) -> None:
    (diagnostic,) = parse(source(text))[1]
    assert diagnostic.label == f"did you mean `{word}`?"
    assert diagnostic.fix is not None
    assert diagnostic.fix.replacement == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("record R\n  a\n", "a type"),
        ("record R\n  a money\n", "the currency"),
        ("record R\n  a count 0 to\n", "a number"),
        ("define d\n  a and\n", "a condition"),
        ("define d\n  a at least\n", "a value"),
        ("define d\n  some Usage\n", "a name"),
        ("designation d\n  require\n", "a name"),
        ("score s out of 10\n  part a up to 5\n", "a way of scoring"),
        ("import\n", "a name"),
        ("excluded Sale s\n  when a\n", "a text in quotes"),
        ("policy p\n  in force from 2020\n", "a date"),
    ],
)
def test_what_is_missing_is_named_in_plain_words(text: str, expected: str) -> None:
    (diagnostic,) = parse(source(text))[1]
    assert expected in diagnostic.message


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("define e(p t) as t\n  0 * p rounded down to 1\n  e r\n  e\n", [3]),
        ("define e(p t) as t\n  p rounded up to 5\n  r r\n  rounded down to 1\n", [3, 4]),
        ("define e(p t) as t\n  p rounded half up to 5\n  r r\n  s s\n  rounded half even to 1\n", [3, 4, 5]),
        ("measure m count\n  p else 1\n  r r\n  rounded down to 1\n", [3, 4]),
    ],
)
def test_what_was_read_of_a_line_with_a_mistake_is_forgotten(text: str, lines: list[int]) -> None:
    """Also where it had been added to a list that the line after it fills."""
    assert found(text) == [(line, "unexpected-text") for line in lines]
