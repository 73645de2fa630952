"""No text can exhaust the machine, and nothing invisible gets into a policy."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.limits import LONGEST_LINE, LONGEST_TEXT
from attain_compiler.syntax.making import DEEPEST
from tests.syntax.shown import codes, expression

DEEP = [
    ("parentheses", "(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1)),
    ("many parentheses", "(" * 4_000 + "a" + ")" * 4_000),
    ("signs", "- " * 4_000 + "a"),
    ("sums", "a" + " + a" * 2_000),
    ("fields", "a" + ".b" * 3_000),
    ("quantifiers", "some A a where " * 500 + "a"),
    ("dates", "a before " * 1_000 + "b"),
    ("lines", "a" + "\n    + a" * 5_000),
    ("calls", "a(" * 400 + "a" + ")" * 400),
    ("conditions in parentheses", "(a and " * 400 + "a" + ")" * 400),
    ("nots", "not (" * 400 + "a" + ")" * 400),
    ("comparisons", "some A a where a is " * 400 + "a"),
    ("sums over many lines", "(1 +\n" * 5_000 + "1" + ")" * 5_000),
    ("months", "month of " * 1_000 + "a"),
    ("alternating", "(a - " * 90 + "- " * 90 + "a" + ")" * 90),
    ("blocks", "".join([f"all of\n{'  ' * (depth + 1)}" for depth in range(1, 102)]) + "a"),
]


@pytest.mark.parametrize("text", [text for _, text in DEEP], ids=[name for name, _ in DEEP])
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    assert codes(f"define d\n  {text}\n") == ["too-deep"]


def test_what_is_nested_just_deep_enough_is_read() -> None:
    expression("(" * (DEEPEST - 1) + "a" + ")" * (DEEPEST - 1))


@pytest.mark.parametrize("joined", [" and ", "\n    or "])
def test_a_list_of_conditions_is_not_nested(joined: str) -> None:
    expression(joined.join(["a"] * 1_000))


def test_a_list_of_conditions_may_not_go_on_for_ever() -> None:
    assert codes("define d\n  " + "\n    and ".join(["a"] * 1_100) + "\n") == ["too-long"]


TOO_LONG = [
    ("a number", "define d\n  " + "1" * 101 + "\n"),
    ("a line", "# " + "x" * LONGEST_LINE + "\n"),
    ("a file", "\n" * (LONGEST_TEXT + 1)),
]


@pytest.mark.parametrize("text", [text for _, text in TOO_LONG], ids=[name for name, _ in TOO_LONG])
def test_what_is_too_long_is_refused(text: str) -> None:
    assert codes(text) == ["too-long"]


def test_a_long_number_is_exact() -> None:
    assert codes("define d\n  " + "9" * 100 + "\n") == []


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "   \n\n"])
def test_a_file_that_declares_nothing_is_refused(text: str) -> None:
    assert codes(text) == ["empty-file"]


STRANGE = [
    ('entity A "a\x07"\n', "a control character in a text"),
    ("entity A # a\u202eb\n", "a sign that turns the text around in a comment"),
    ("entity A\u00a0\n", "a space that does not break"),
    ("entity Caf\u00e9\n", "a letter with an accent in a name"),
    ("entity A \u201ca\u201d\n", "curly quotes"),
    ("entity A \ud800\n", "half a character"),
    ("entity A;\n", "a sign of other languages"),
]


@pytest.mark.parametrize("text", [text for text, _ in STRANGE], ids=[name for _, name in STRANGE])
def test_a_strange_character_is_refused(text: str) -> None:
    assert codes(text) == ["strange-character"]


@pytest.mark.parametrize("text", ["Comentários", "中文", "a → b", "naïve 🙂"])
def test_any_script_may_stand_in_a_text(text: str) -> None:
    assert codes(f'entity A "{text}"  # {text}\n') == []


NUMBERS = [
    "1_",
    "1__000",
    "12k",
    "1.",
    ".5",
    "1.2.3",
    "0x10",
    "5USD",
    "1,000",
    "1.5 months",
    "70-60",
    "2022-1003",
    "5-a",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_no_number_is_refused(number: str) -> None:
    assert codes(f"define d\n  a is {number}\n") in (["malformed-number"], ["unexpected-text"], ["unfinished"])
