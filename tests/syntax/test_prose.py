"""The phrases of rule books, which the language has not, are answered with what to write."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.parse import parse
from tests.syntax.shown import codes, source
from tests.syntax.test_phrasings import fits

_FIELD = "s.on_weekday"
_QUARTER = "s.month from q to 2 months after q"
_EVERY_MONTH = "every m in months from a to b has sold(m) at least 5"
_NONE_BEFORE = "no Sale s where s.date within the 12 months before assessment date"
_ONE = "some Sale s where s.paid"
_BEFORE = "on or before 2020-01-01"
_AFTER = "on or after 2020-01-01"
_BESIDE = "a and (count of Customer c where c.active) at least 2"
_DIVIDED = "4 points for each (sales / 100 rounded down to 1)"
_DAYS = "(count of d in days from a to b where here(d)) / (number of days from a to b) else 0%"
_MOST = "(count of Customer c where c.active) more than (count of Customer c) * 50%"
_AGE = "(number of years from p.born to assessment date) at least 18"
_BEGUN = "s.date on or before 2 years before assessment date"
_AHEAD = "s.date within the 30 days after assessment date"
_LEFT_OUT = "sum of s.amount among Sale s where not s.returned"
_WITHIN = "some Sale s where (some Customer c where c.active)"
ANSWERED = [
    ("s.date is a weekday", _FIELD),
    ("s.date on weekdays", _FIELD),
    ("10 working days after s.date", _FIELD),
    ("10 business days", _FIELD),
    ("sales at least 5 each quarter", _QUARTER),
    ("sales at least 5 per quarter", _QUARTER),
    ("sales at least 5 in each quarter", _QUARTER),
    ("sales at least 5 per week", "s.date from w to 6 days after w"),
    ("fee pro rata", "fee * (days_used / 365)"),
    ("fee pro rata to days", "fee * (days_used / 365)"),
    ("a rounded up to the nearest 5", "a rounded up to 5"),
    ("a rounded up to the next 100 EUR", "a rounded up to 5"),
    ("a rounded to nearest 5", "a rounded down to 5"),
    ("3 consecutive months", _EVERY_MONTH),
    ("at least 3 consecutive years", _EVERY_MONTH),
    ("sales for 3 years in a row", _EVERY_MONTH),
    ("s.date not earlier than 2020-01-01", _AFTER),
    ("s.date at the latest 2020-01-01", _BEFORE),
    ("s.date at the earliest 2020-01-01", _AFTER),
    ("s.date up to 2020-01-01", _BEFORE),
    ("s.date through 2020-01-01", _BEFORE),
    ("s.date from 2020-01-01", _AFTER),
    ("s.date from 2020-01-01 onwards", _AFTER),
    ("s.date prior to 2020-01-01", "earlier than 2020-01-01"),
    ("s.date following b", "later than 2020-01-01"),
    ("at most once every 12 months", _NONE_BEFORE),
    ("once a year", _NONE_BEFORE),
    ("at least once in the last 12 months", _ONE),
    ("at least twice", "(count of Sale s where s.paid) at least 2"),
    ("not more than once", "(count of Sale s where s.paid) at most 1"),
    ("as of 2020-01-01 sales at least 5", "sales as of 2020-01-01"),
    ("sales at least 5 as at 2020-01-01", "sales as of 2020-01-01"),
    ("a within the same month as b", "month of a is month of b"),
    ("5 points for every 100 sales", _DIVIDED),
    ("sales for each 100 EUR", _DIVIDED),
    ("at least one of which is large", _BESIDE),
    ("a including at least 2 experts", _BESIDE),
    ("sales at least 5 unless waived", "or waived"),
    ("unless waived sales at least 5", "or waived"),
    ("at least 20 hours a week", "at least 20"),
    ("at least 50% of the time", _DAYS),
    ("a percentage of time at least 50%", _DAYS),
    ("the majority of Customer c where c.active", _MOST),
    ("most Customer c where c.active", _MOST),
    ("sales at least two thirds of revenue", "sales at least revenue * 2 / 3"),
    ("sales at least 2/3 of revenue", "sales at least revenue * 2 / 3"),
    ("sales at least double revenue", "sales at least 2 * revenue"),
    ("sales at least 3 times revenue", "3 * revenue"),
    ("sales three times as high as revenue", "sales at least 2 * revenue"),
    ("sales exceeding 5", "more than 5"),
    ("sales in excess of 5", "more than 5"),
    ("sales not exceeding 5", "at most 5"),
    ("sales at or above 5", "at least 5"),
    ("sales 5 to 10", "from 5 to 10"),
    ("sales 5-10", "from 5 to 10"),
    ("sales from 5 to less than 10", "at least 5 and sales less than 10"),
    ("held for at least 2 years", _BEGUN),
    ("a if applicable", "b or not a"),
    ("sales in total at least 5", "sum of s.amount among Sale s"),
    ("sales on average at least 5", "(average of s.amount among Sale s else 0) at least 5"),
    ("sales excluding returns at least 5", _LEFT_OUT),
    ("sales net of returns at least 5", _LEFT_OUT),
    ("sales other than returns", _LEFT_OUT),
    ("a in lieu of b", "a or b"),
    ("a in addition to b", "a and b"),
    ("a subject to b", "a and b"),
    ("a capped at 5", "least of (a, 5)"),
    ("a but not more than 5", "least of (a, 5)"),
    ("a subject to a maximum of 5", "least of (a, 5)"),
    ("a with a minimum of 5", "greatest of (a, 5)"),
    ("a whichever comes first", "earliest of (a, b)"),
    ("the longer of a and b", "greatest of (a, b)"),
    ("the sum of a, b and c", "a + b"),
    ("fee at a rate of 5%", "fee * 5%"),
    ("sales at least 5 each", "every Customer c has c.active"),
    ("30 days from s.date", "30 days after a"),
    ("s.date within the next 30 days", _AHEAD),
    ("s.date in the year 2020", "year of s.date is 2020"),
    ("end of the month", "last day of this month"),
    ("at least 18 years old", _AGE),
    ("age of p at least 18", _AGE),
    ("current date on or after b", "assessment date"),
    ("s.level is higher than basic", "s.level in { expert }"),
    ("some Sale s, Customer c where s.paid", _WITHIN),
    ("a ** 2", "a * a"),
    ("count(Sale s where s.paid)", "count of Sale s where s.paid"),
    ("year of s.date is last year", "(year of assessment date) - 1"),
    ("best for a in s, b in t: sold(a, b)", "best for a in s: best for b in t: sold(a, b)"),
]


@pytest.mark.parametrize(("text", "written"), ANSWERED, ids=[text for text, _ in ANSWERED])
def test_a_phrase_is_answered_with_what_to_write(text: str, written: str) -> None:
    found = parse(source(f"define d\n  {text}\n"))[1][0]
    assert f"`{written}`" in f"{found.label} {found.help}"


@pytest.mark.parametrize("written", sorted({written for _, written in ANSWERED} - {"or waived", _DIVIDED}))
def test_what_is_advised_is_right(written: str) -> None:
    assert fits(written)


def test_what_is_advised_of_a_score_is_right() -> None:
    assert codes(f"score s out of 9\n  part x up to 9 {_DIVIDED}\n") == []


DECLARED = [
    ("parameter q for L count\n  a 5 from 2020-01-01", "`from 2020-01-01 basic 5`"),
    ("parameter q for L count\n  a -> 5", "`basic 5`"),
    ("change c\n  raises m by 1\n  at most once every 12 months", "`each year`"),
    ("change c\n  raises m by 1\n  takes 3 to 6 months", "`takes 6 months`"),
    ("record R\n  a count min 0 max 5", "`count 0 to 100`"),
    ("record R\n  a count unique", "`unique customer`"),
    ("record R one\n  a count", "`record Firm one row`"),
    ("designation d\n  any of\n    require a b", "`option first`"),
    ("designation d\n  optional a b", "an `option`"),
    ('designation d\n  level silver "S"\n    require a b', "`tier gold`"),
    ("designation d\n  any for s in Site, a in Area\n  require a b", "`designation status(k Kind)`"),
    ("claim if a then b", "`claim a implies b`"),
    ("claim always a", "`claim a`"),
    ("claim never a", "`claim not (a)`"),
    ('example "x"\n  with sales = 5\n  expect a', "`given sales = 5`"),
    ('example "x"\n  expect d met', "`expect d is met`"),
    ('example "x"\n  expect d fails', "`expect d is not met`"),
    ('example "x"\n  given Sale(a: 5)\n  expect a', '`given Sale { customer: "a" }`'),
    ("excluded Sale s where s.paid", "`when`"),
]


@pytest.mark.parametrize(("text", "said"), DECLARED, ids=[text for text, _ in DECLARED])
def test_a_phrase_is_answered_by_the_declaration_that_it_stands_in(text: str, said: str) -> None:
    found = parse(source(f"{text}\n"))[1][0]
    assert said in f"{found.label} {found.help}"


@pytest.mark.parametrize(
    "text",
    [
        "define d\n  sales for b",
        "define d\n  sales other then b",
        "designation d\n  any of\n    require a b",
        "parameter q for L count\n  a -> 5",
    ],
)
def test_no_word_is_offered_that_only_looks_alike(text: str) -> None:
    assert parse(source(f"{text}\n"))[1][0].fix is None


@pytest.mark.parametrize("quantifier", ["no Sale s where s.paid", "some Sale s", "every Sale s has s.paid"])
def test_a_quantifier_in_parentheses_is_no_name(quantifier: str) -> None:
    found = codes(f"designation d\n  require a ({quantifier})\n  require b sales at least 5 6\n")
    assert found == ["unexpected-text"]


@pytest.mark.parametrize(("text", "word"), [("record R\n  a Level = basic", "default")])
def test_a_sign_is_answered_with_the_word_that_may_stand_there(text: str, word: str) -> None:
    fix = parse(source(f"{text}\n"))[1][0].fix
    assert fix is not None
    assert fix.replacement == word
