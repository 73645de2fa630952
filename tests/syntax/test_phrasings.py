"""What an author writes who does not know the language yet is right, or is answered with what to write."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.parse import parse
from tests.syntax.shown import codes, source

_AHEAD = "(count of Sale x where x.amount more than s.amount) less than 4"
RIGHT = [
    "not any of (a, b)",
    "a is any of (x, y)",
    "a and not b",
    "a is yes and b",
    "sales at least 0.500",
    "sales at least 1.125 USD",
    "sales at least 1.00 USD",
    "sales at least 1.0000",
    "sales at least 1_000.250",
]
ANSWERED = [
    ("at least one Customer c where c.active", "some Customer c where c.active"),
    ("at least two Customer c where c.active", "(count of Customer c where c.active) at least 3"),
    ("Customer c exists where c.active", "some Customer c where c.active"),
    ("every Customer has active", "every Customer c has c.active"),
    ("revenue or 500 USD, whichever is greater", "greatest of (a, b)"),
    ("a, whichever is earlier", "earliest of (a, b)"),
    ("sales at least 5, and a", "a and b"),
    ("total s.amount among Sale s", "sum of s.amount among Sale s"),
    ("the year of a is 2024", "year of a"),
    ("a is in 2024", "year of a is 2024"),
    ("every day d in 2024 has a", "every d in days from a to b has open(d)"),
    ("some day d from 2024-01-01 to 2024-12-31 where a", "some d in days from a to b where open(d)"),
    ("on every day from 2024-01-01 a", "every d in days from a to b has open(d)"),
    ("count of days from 2024-01-01 to 2024-12-31 where a", "count of d in days from a to b where open(d)"),
    ("the last 1 March before a", "last 1 March on or before D"),
    ("next 1 March after a", "first 1 March on or after D"),
    ("sales in the top 3% of all", "(count of Sale x where x.amount more than s.amount) + 1 at most 3% * a"),
    ("rank of sales at most 3", "(count of Sale x where x.amount more than a) + 1"),
    ("the anniversary of a", "5 years after a"),
    ("if sales at least 5 then 3 else 2", "by case"),
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
    ("sales at least 1.000", "1_000"),
    ("sales at least 12.000 USD", "12"),
    ("sales at least 2.500%", "2_500"),
    ("sales at least 2.500 points", "2.5"),
    ("sales at least 1.250 USD a month", "1_250"),
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
    ("the grade of Staff m where m.person is p", "the m.grade of Staff m where m.person is p"),
    ("grade of Staff m where m.person is p", "the m.grade of Staff m where m.person is p"),
    ("m.grade of Staff m where m.person is p", "the m.grade of Staff m where m.person is p"),
    ("the m.grade of Staff m with m.person is p", "the m.grade of Staff m where m.person is p"),
    ("the m.grade of Staff where person is p", "the m.grade of Staff m where m.person is p"),
    ("the grade of p is senior", "the m.grade of Staff m where m.person is p"),
    ("highest s.amount among Sale s", "greatest of s.amount among Sale s"),
    ("latest Sale s", "latest of s.date among Sale s"),
    ("top 3 Sale s", _AHEAD),
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
    ("sales of at least 5", "at least 5"),
    ("a minimum of 5 sales", "at least 5"),
    ("5 or more sales", "at least 5"),
    ("a when b", "b when a"),
    ("sales greater than or equal to 5", "at least 5"),
    ("sales equal or less than 5", "at most 5"),
    ("sales not over 5", "at most 5"),
    ("sales reaches 5", "at least 5"),
    ("sales in the range 5 to 10", "from 5 to 10"),
    ("5 <= sales <= 10", "from 5 to 10"),
    ("a <> b", "is not"),
    ("sales at least USD 100", "100 USD"),
    ("sales at least $100", "100 USD"),
    ("sales at least 1 million USD", "1_000_000"),
    ("sales at least 1,5", "0.5"),
    ("sales at least 10% more than b", "sales at least revenue * 110%"),
    ("sales grew by 10%", "(a - b) / b else 0%"),
    ("a and/or b", "a or b"),
    ("both a and b", "a and b"),
    ("a as well as b", "a and b"),
    ("a provided that b", "a and b"),
    ("a, b", "a and b"),
    ("a, or b", "a or b"),
    ("a only if b", "b or not a"),
    ("a if b", "b or not a"),
    ("one or more of (a, b)", "any of (a, b)"),
    ("all but one of (a, b, c)", "at least 2 of (a, b, c)"),
    ("s.level in [basic, expert]", "{ a, b }"),
    ("s.level is either basic or expert", "in { x, y }"),
    ("s.note contains b", "x in s"),
    ("more than one Customer c where c.active", "(count of Customer c where c.active) more than 1"),
    ("exactly one Customer c where c.active", "(count of Customer c where c.active) is 1"),
    ("there are 5 customers", "(count of Customer c where c.active) at least 3"),
    ("only Customer c where c.active", "every Customer c has c.active"),
    ("every Customer is active", "every Customer c has c.active"),
    ("any Customer c is active", "some Customer c where c.active"),
    ("number of distinct customers", "distinct s.customer among Sale s"),
    ("unique s.customer among Sale s", "distinct s.customer among Sale s"),
    ("average s.amount among Sale s", "average of s.amount among Sale s else 0"),
    ("average of sales", "sum of s.amount among Sale s"),
    ("percentage of Customer c where c.active", "(count of Customer c where c.active) / (count of Customer c) else 0%"),
    ("sum of all s.amount among Sale s", "sum of s.amount among Sale s"),
    ("sum of the 4 greatest s.amount among Sale s", _AHEAD),
    ("the most recent Sale s", "latest of s.date among Sale s"),
    ("the earlier of a and b", "earliest of (a, b)"),
    ("sales at least 5 every month", "every m in months from a to b has sold(m) at least 5"),
    ("sales at least 5 a month", "where s.month is m"),
    ("sales at least 5 for each Customer c", "every Customer c has c.active"),
    ("sales at least 5 within 12 months", "within the 30 days before assessment date"),
    ("s.date during the last 12 months", "within the 30 days before assessment date"),
    ("s.date less than 30 days ago", "within the 30 days before assessment date"),
    ("s.date in the past year", "within the 12 months before assessment date"),
    ("s.date in the same year as b", "year of a is year of b"),
    ("s.date is 1 January 2024", "2022-10-03"),
    ("s.date is 01.02.2024", "2022-10-03"),
    ("number of days since s.date", "number of days from a to assessment date"),
    ("30 days have passed since s.date", "assessment date on or after 30 days after a"),
    ("NOT a", "not"),
    ("must have sales at least 5", "sales at least 5"),
    ("sales must be at least 5", "sales at least 5"),
]
_PARTS = ("by case", "from A to B", "among", "some R r where ...", "is not", "0.5", "not", "b when a")
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


DECLARED = [
    ("measure m count\n  total s.amount among Sale s", "`sum of s", "measure m count\n  sum of s.amount among Sale s"),
    ("record R\n  q money EUR / month", "`money USD a month`", "record R\n  q money EUR a month"),
    ('report r for each Level "R" as count\n  5', "`report fee(k Kind)`", 'report r(l Level) "R" as count\n  5'),
    (
        "score s out of 9\n  part x up to 4\n    step 1 a",
        "`step by step`",
        "score s out of 9\n  part x up to 4 step by step\n    gate first a\n    4 points for each sales",
    ),
    (
        "parameter q set of A\n  from 2024-01-01 with { a } without { b }",
        "`without { a } with { b }`",
        "parameter q set of A\n  from 2024-01-01 without { b } with { a }",
    ),
    ("change c\n  sets the Firm.paid to yes", "`sets o.paid to yes`", "change c(o Firm)\n  sets o.paid to yes"),
    ('example "x"\n  on day\n  expect a', "`on 2020-01-01`", 'example "x"\n  on 2020-01-01\n  expect a'),
    (
        "define d\n  each Cert c by c.hours once for\n    5 with a as x\n    5 with b as y\n    at most 1 in x and y",
        "in both",
        "define d\n  each C c by c.n once for\n    5 with a as x\n    5 with b as y\n    at most 2 in both x and y",
    ),
    (
        "define d\n  each Person p once\n    1 with a",
        "`each Person p",
        "define d\n  each Person p once for\n    1 with a",
    ),
    (
        "parameter q for L money EUR\n  from 2024-01-01:\n    a 5 EUR",
        "no colon",
        "parameter q for L money EUR\n  a 5 EUR",
    ),
    ("measure m = 5", "indented", "measure m count\n  5"),
    ("measure m count: 5", "indented", "measure m count\n  5"),
    ("measure m count 5", "indented", "measure m count\n  5"),
    ("measure m in USD\n  5", "`measure sold money USD`", "measure m money USD\n  5"),
    ("measure m\n  5", "`money USD`", "measure m money USD\n  5"),
    ("define m count\n  5", "`define paid as count`", "define m as count\n  5"),
    ("define m(s: Sale)\n  s.paid", "no colon", "define m(s Sale)\n  s.paid"),
    ("define m(s)\n  s.paid", "types are", "define m(s Sale)\n  s.paid"),
    ("report r\n  5", "as money USD`", 'report r "R" as money USD\n  5'),
    ("enum A { a b }", "a comma", "enum A { a, b }"),
    ("enum A\n  a, b", "in braces", "enum A { a, b }"),
    ("entity A, B", "`entity Person`", "entity A\nentity B"),
    ("record R\n  q: count", "no colon", "record R\n  q count"),
    ("record R\n  q count at least 0", "`count 0 to 100`", "record R\n  q count 0 to 100"),
    ("record R\n  q count from 0 to 9", "`count 0 to 100`", "record R\n  q count 0 to 9"),
    ("record R\n  q count optional", "`count?`", "record R\n  q count?"),
    ("record R\n  q Level or nothing", "`or none`", "record R\n  q Level or none"),
    ("parameter q(l Level) count\n  a 5", "`parameter needed for Kind count`", "parameter q for Level count\n  a 5"),
    ("parameter q count 5", "indented", "parameter q count\n  5"),
    ("score s max 9\n  part x up to 4 worth a", "`out of 100`", "score s out of 9\n  part x up to 4 worth a"),
    ("score s out of 9\n  part x worth a", "`part x up to 20", "score s out of 9\n  part x up to 4 worth a"),
    (
        "score s out of 9\n  part x up to 4 4 points per a",
        "for each",
        "score s out of 9\n  part x up to 4 4 points for each a",
    ),
    (
        "score s out of 9\n  part x up to 4 4 points if a",
        "`all or nothing when a`",
        "score s out of 9\n  part x up to 4 all or nothing when a",
    ),
    ("score s out of 9\n  part x up to 4 a", "`worth a`", "score s out of 9\n  part x up to 4 worth a"),
    ('designation d\n  require "Enough" a', "`require enough", 'designation d\n  require enough "Enough" a'),
    ("designation d\n  a", "after `require`", "designation d\n  require enough a"),
    (
        "designation d for each Level l\n  require r a",
        "`designation status(k Kind)`",
        "designation d(l Level)\n  require r a",
    ),
    ("change c\n  increases m by 1", "`raises sales by 1`", "change c\n  raises m by 1"),
    ("change c(s Sale)\n  deletes s", "`removes s`", "change c(s Sale)\n  removes s"),
    ("change c(s Sale)\n  sets s.paid = yes", "`to`", "change c(s Sale)\n  sets s.paid to yes"),
    ("change c\n  raises m by 1\n  takes a month", "`takes 1 months`", "change c\n  raises m by 1\n  takes 1 months"),
    (
        "change c\n  raises m by 1\n  at most 3 per month",
        "`at most 3 each month`",
        "change c\n  raises m by 1\n  at most 3 each month",
    ),
    (
        "change c\n  raises m by 1\n  cost 5 USD per unit",
        "`cost 5 USD each`",
        "change c\n  raises m by 1\n  cost 5 USD each",
    ),
    ("change c up to 5\n  raises m by 1", "`by 1 to 5`", "change c by 1 to 5\n  raises m by 1"),
    ('example "x"\n  m = 5\n  expect a', "`given sales = 5`", 'example "x"\n  given m = 5\n  expect a'),
    ('example "x"\n  given m is 5\n  expect a', "`given sales = 5`", 'example "x"\n  given m = 5\n  expect a'),
    ('example "x"\n  given S { a = 5 }\n  expect a', "`:`", 'example "x"\n  given S { a: 5 }\n  expect a'),
    ('example "x"\n  given m = 5\n  then a', "`expect`", 'example "x"\n  given m = 5\n  expect a'),
    ("example x\n  expect a", "in quotes", 'example "x"\n  expect a'),
    ("claim x a", "no name", "claim a"),
    (
        "define k as A\n  by case\n    when a b\n    c otherwise",
        "`b when a`",
        "define k as A\n  by case\n    b when a\n    c otherwise",
    ),
    (
        "define k as A\n  by case\n    b when a\n    else c",
        "`c otherwise`",
        "define k as A\n  by case\n    b when a\n    c otherwise",
    ),
    ("excluded Sale s when s.paid", "in quotes", 'excluded Sale s "paid" when s.paid'),
    ('import "people"', "`import people`", "import people"),
    ("use people", "`import`", "import people"),
    ("rule r\n  a", "`define`", "define r\n  a"),
    ("// a comment", "`#`", "# a comment\nentity A"),
]
"""What is written, what the answer says, and what is right."""


@pytest.mark.parametrize(("text", "said", "right"), DECLARED, ids=[text for text, _, _ in DECLARED])
def test_a_declaration_is_answered_with_how_it_is_written(text: str, said: str, right: str) -> None:
    first = parse(source(f"{text}\n"))[1][0]
    assert said in f"{first.label} {first.help}"
    assert codes(f"{right}\n") == []


@pytest.mark.parametrize("text", ["measure m = 5", "parameter p = 5"])
def test_no_fix_is_offered_where_the_word_could_not_stand(text: str) -> None:
    assert parse(source(f"{text}\n"))[1][0].fix is None


KEPT = [
    ("score s out of 9\n  part up to 5 worth 3\n", "or `up to`, found `to`"),
    ("enum A\n  b ?\n", "found `?`"),
    ("define d\n  by case\n    x otherwise y\n", "found `y`"),
]


@pytest.mark.parametrize(("text", "message"), KEPT)
def test_words_that_mean_something_here_are_not_taken_for_a_phrase(text: str, message: str) -> None:
    assert message in parse(source(text))[1][0].message
