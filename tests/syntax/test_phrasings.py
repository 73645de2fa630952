"""What an author writes who does not know the language yet is right, or is answered with what to write."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.parse import parse
from tests.syntax.shown import codes, source

RIGHT = [
    "not any of (a, b)",
    "a is any of (x, y)",
    "a and not b",
    "a is yes and b",
]
ANSWERED = [
    ("revenue over 100 USD", "more than"),
    ("revenue is over 100 USD", "more than 5"),
    ("sales exceeds 5", "more than"),
    ("sales greater than 5", "more than"),
    ("sales is greater than 5", "more than 5"),
    ("sales is at least 5", "at least 5"),
    ("sales is less than 5", "less than 5"),
    ("sales no more than 5", "at most 5"),
    ("sales not less than 5", "at least 5"),
    ("sales up to 5", "at most 5"),
    ("sales min 5", "at least 5"),
    ("sales between 5 and 10", "from A to B"),
    ("sales is between 5 and 10", "from 5 to 10"),
    ("sales at least 5 and at most 10", "sales from 5 to 10"),
    ("sales exactly 3", "is 3"),
    ("sales is equal to 3", "is 3"),
    ("sales == 3", "is"),
    ("a isn't x", "is not x"),
    ("a is one of (x, y)", "in { x, y }"),
    ("a is not in { x, y }", "not in { x, y }"),
    ("a in (x, y)", "in { x, y }"),
    ("sales at least 10% of revenue", "sales at least revenue * 10%"),
    ("sales at least half of revenue", "sales at least revenue * 50%"),
    ("more than half of sales", "sales more than revenue * 50%"),
    ("at least 3 different Customer c where c.active", "(distinct s.customer among Sale s) at least 3"),
    ("at least 3 Customer c where c.active", "(count of Customer c where c.active) at least 3"),
    ("at least 3 customers", "(count of Customer c where c.active) at least 3"),
    ("number of Customer c where c.active", "count of Customer c where c.active"),
    ("count of distinct s.customer among Sale s", "distinct s.customer among Sale s"),
    ("sum of s.amount where s.paid", "sum of s.amount among Sale s where s.paid"),
    ("sum of s.amount among Sale s per month", "where s.month is m"),
    ("sales for each customer", "where s.month is m"),
    ("total of s.amount among Sale s", "sum of s.amount among Sale s"),
    ("highest s.amount among Sale s", "greatest of s.amount among Sale s"),
    ("latest Sale s", "latest of s.date among Sale s"),
    ("top 3 Sale s", "greatest of"),
    ("active unless suspended", "and not suspended"),
    ("active except suspended", "and not suspended"),
    ("a but not b", "and not b"),
    ("a xor b", "(a and not b) or (b and not a)"),
    ("either a or b", "a or b"),
    ("neither a nor b", "not any of (a, b)"),
    ("none of (a, b)", "not any of (a, b)"),
    ("one of (a, b)", "any of (a, b)"),
    ("any 2 of (a, b, c)", "at least 2 of (a, b, c)"),
    ("at least 2 of a, b, c", "at least 2 of (a, b, c)"),
    ("exactly 2 of (a, b, c)", "at least 2 of (a, b, c) and not at least 3 of (a, b, c)"),
    ("at most one of (a, b)", "not at least 2 of (a, b)"),
    ("exists Customer c where c.active", "some Customer c where c.active"),
    ("there is a Customer c where c.active", "some Customer c where c.active"),
    ("some Customer c with c.active", "some Customer c where c.active"),
    ("some Customer where active", "some Customer c where c.active"),
    ("no Customer c has c.active", "no Customer c where c.active"),
    ("all Customer c where c.active", "every Customer c has c.active"),
    ("for each Customer c c.active", "every Customer c has c.active"),
    ("every Customer c is active", "every Customer c has c.active"),
    ("whichever is greater of a and b", "greatest of (a, b)"),
    ("the greater of a and b", "greatest of (a, b)"),
    ("minimum of a and b", "least of (a, b)"),
    ("the sum of a and b", "a + b"),
    ("difference between a and b", "a - b"),
    ("a divided by b", "a / b"),
    ("twice sales", "2 * sales"),
    ("a rounded", "a rounded down to 5"),
    ("s.date within 30 days of assessment date", "within the 30 days before assessment date"),
    ("s.date in the last 12 months", "within the 12 months before assessment date"),
    ("s.date is after 2020-01-01", "later than 2020-01-01"),
    ("s.date no later than 2020-01-01", "on or before 2020-01-01"),
    ("s.date by 2020-01-01", "on or before 2020-01-01"),
    ("s.date since 2020-01-01", "on or after"),
    ("s.date older than 2 years", "earlier than 2 years before assessment date"),
    ("2 years ago", "2 years before assessment date"),
    ("days between a and b", "number of days from a to b"),
    ("months since s.date", "number of months from a to assessment date"),
    ("if a then b else c", "by case"),
    ("a otherwise b", "a else b"),
    ("sum of s.amount in Sale s where s.paid", "among"),
    ("distinct s.customer of Sale s", "among"),
    ("sum of s.amount among Sale s when s.paid", "where"),
    ("count of Sale s if s.paid", "where"),
    ("no Sale s with s.paid", "where"),
    ("sales at least 3 where a is x", "some R r where ..."),
    ("greatest of (a, b) where a is x", "some R r where ..."),
    ("the Customer where a is x", "some R r where ..."),
    ("best for a in s: sales where a is x", "some R r where ..."),
    ("must have sales at least 5", "sales at least 5"),
    ("sales must be at least 5", "sales at least 5"),
]
_PARTS = ("by case", "from A to B", "among", "some R r where ...")
MEANT = [written for _, written in ANSWERED if written not in _PARTS]
"""What is advised, as far as it is more than a word of it."""


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_read(text: str) -> None:
    assert codes(f"define d\n  {text}\n") == []


@pytest.mark.parametrize(("text", "written"), ANSWERED, ids=[text for text, _ in ANSWERED])
def test_a_phrase_is_answered_with_what_to_write(text: str, written: str) -> None:
    first = parse(source(f"define d\n  {text}\n"))[1][0]
    assert f"`{written}`" in f"{first.label} {first.help}"


def fits(text: str) -> bool:
    """Whether a text is a value or a condition, or goes on one."""
    return any(
        not codes(f"define d\n  {before}{text}{after}\n")
        for before in ("", "a ", "sum of s.amount among Sale s ")
        for after in ("", " 5", " 2020-01-01", " of (a, b)", " (a, b)")
    )


@pytest.mark.parametrize("written", sorted(set(MEANT)))
def test_what_is_advised_is_right(written: str) -> None:
    assert fits(written)


KEPT = [
    ("score s out of 9\n  part up to 5 worth 3\n", "or `up to`, found `to`"),
    ("enum A\n  b ?\n", "found `?`"),
    ("define d\n  by case\n    x otherwise y\n", "found `y`"),
]


@pytest.mark.parametrize(("text", "message"), KEPT)
def test_words_that_mean_something_here_are_not_taken_for_a_phrase(text: str, message: str) -> None:
    assert message in parse(source(text))[1][0].message
