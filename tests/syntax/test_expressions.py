"""The tree of every kind of expression."""

from __future__ import annotations

import pytest

from tests.syntax.shown import codes, expression, shown

BINDER = "(Binder u Usage)"

TREES = [
    # literals
    ("1_000", "1000"),
    ("0.5", "1/2"),
    ("12.5 %", "25/2%"),
    ("1 point", "1points"),
    ("12_000.50 USD", "24001/2USD"),
    ("2022-10-03", "2022-10-03"),
    ("2022-10", "2022-10"),
    ("90 days", "90day"),
    ("1 month", "1month"),
    ("never", "never"),
    (r'"a \"quote\" and a \\"', '"a "quote" and a \\"'),
    ("{ cpor, dpor }", "(SetLiteral [cpor dpor])"),
    ("{ }", "(SetLiteral [])"),
    # references
    ("MB-210", "MB-210"),
    ("net_adds(t, last month)", "(Call net_adds [t last month])"),
    ("capability(t).usage_growth", "(Call capability [t]).usage_growth"),
    ("the Membership.anniversary", "(TheRecord Membership).anniversary"),
    ("u.source.month.of", "u.source.month.of"),
    ("f(the Membership)", "(Call f [(TheRecord Membership)])"),
    ("not the Membership.open", "(Unary not (TheRecord Membership).open)"),
    ("at least the Limits.of of (a, b)", "(Block at-least [a b] (TheRecord Limits).of)"),
    ("the m.of of Staff m where m.person is p", "(FieldOfOne m.of (Binder m Staff) (is m.person p))"),
    (
        "(the m.grade of Staff m where a and b) is c",
        "(is (FieldOfOne m.grade (Binder m Staff) (Connective [and] [a b])) c)",
    ),
    ("the m.rate of Staff m where a else b", "(Otherwise (FieldOfOne m.rate (Binder m Staff) a) b)"),
    ("1 + the m.rate of Staff m where a", "(+ 1 (FieldOfOne m.rate (Binder m Staff) a))"),
    # arithmetic
    ("a + b * c - d", "(- (+ a (* b c)) d)"),
    ("(a + b) * c", "(* (+ a b) c)"),
    ("-a * b", "(* (Unary - a) b)"),
    ("a - -3", "(- a (Unary - 3))"),
    ("a-b - c", "(- a-b c)"),
    ("a / b else c", "(Otherwise (/ a b) c)"),
    ("a / b else c rounded down to 0.5", "(Rounded (Otherwise (/ a b) c) down 1/2)"),
    ("a rounded half even to 1 point", "(Rounded a half-even 1points)"),
    # dates
    ("12 months before D", "(before 12month D)"),
    ("12 months before month of u.d + 3", "(+ (before 12month (DatePart month u.d)) 3)"),
    ("1 month before 3 days after D", "(before 1month (after 3day D))"),
    ("first day of last month", "(DatePart first-day last month)"),
    ("last day of month of D", "(DatePart last-day (DatePart month D))"),
    ("number of days from A to B", "(Elapsed days A B)"),
    ("number of years from A to B + 1", "(+ (Elapsed years A B) 1)"),
    ("months from A to B", "(Range months A B)"),
    ("days from A to B", "(Range days A B)"),
    ("fee(gold) as of 12 months before renewal", "(AsOf (Call fee [gold]) (before 12month renewal))"),
    ("x within the 12 months before D", "(Within x 12month before D)"),
    ("x within the notice(t) to assessment date", "(Within x (Call notice [t]) to assessment date)"),
    ("x within the 90 days after D", "(Within x 90day after D)"),
    # comparisons
    ("a is b", "(is a b)"),
    ("a is not b", "(is-not a b)"),
    ('a is "text"', '(is a "text")'),
    ("a + 1 at least b * 2", "(at-least (+ a 1) (* b 2))"),
    ("a on or before b", "(on-or-before a b)"),
    ("a earlier than b", "(earlier-than a b)"),
    ("x from 1 to 3", "(Between x 1 3)"),
    ("x in s(t)", "(in x (Call s [t]))"),
    ("x not in { a }", "(not-in x (SetLiteral [a]))"),
    ("x is known", "(Known x False)"),
    ("x is not known", "(Known x True)"),
    ("pci is met", "(Status pci met False)"),
    ("pci(smb).total is not undetermined", "(Status (Call pci [smb]).total undetermined True)"),
    ("each part of capability(t) more than 0", "(EachPart (Call capability [t]) more-than 0)"),
    ("maximum of capability(t)", "(MaximumOf (Call capability [t]))"),
    # connectives
    ("a and b and c", "(Connective [and and] [a b c])"),
    ("a and b or c", "(Connective [and or] [a b c])"),
    ("(a and b) and c", "(Connective [and] [(Connective [and] [a b]) c])"),
    ("a and (b or c)", "(Connective [and] [a (Connective [or] [b c])])"),
    ("not (a)", "(Unary not a)"),
    ("not a and b", "(Connective [and] [(Unary not a) b])"),
    ("all of (a, b)", "(Block all [a b] -)"),
    ("at least 2 of (a, b, c)", "(Block at-least [a b c] 2)"),
    ("at least needed(t) of\n  a\n  b", "(Block at-least [a b] (Call needed [t]))"),
    ("any of\n  a\n  all of\n    b\n    c\n  d", "(Block any [a (Block all [b c] -) d] -)"),
    # rows
    ("some Usage u where u.a and u.b", f"(Quantifier some {BINDER} (Connective [and] [u.a u.b]) -)"),
    ("no Usage u", f"(Quantifier no {BINDER} - -)"),
    ("every Usage u where u.a has u.b", f"(Quantifier every {BINDER} u.a u.b)"),
    ("every Usage u has u.b", f"(Quantifier every {BINDER} - u.b)"),
    ("some a in s(t) where f(a)", "(Quantifier some (Binder a (Call s [t])) (Call f [a]) -)"),
    ("count of Usage u where u.a", f"(Aggregate count - {BINDER} u.a)"),
    ("count of Usage u at least 3", f"(at-least (Aggregate count - {BINDER} -) 3)"),
    ("distinct u.a among Usage u where u.b", f"(Aggregate distinct u.a {BINDER} u.b)"),
    ("sum of u.a - u.b among Usage u", f"(Aggregate sum (- u.a u.b) {BINDER} -)"),
    ("latest of u.a among Usage u where u.b else D", f"(Otherwise (Aggregate latest u.a {BINDER} u.b) D)"),
    ("greatest of (a, b)", "(Extreme max [a b])"),
    ("least of (a) among Usage u", f"(Aggregate min a {BINDER} -)"),
    ("best for a in s(t): g(a) + 1", "(Aggregate max (+ (Call g [a]) 1) (Binder a (Call s [t])) -)"),
    ("least for a in { x, y }: g(a)", "(Aggregate min (Call g [a]) (Binder a (SetLiteral [x y])) -)"),
    ("1 + sum of u.a among Usage u where u.b", f"(+ 1 (Aggregate sum u.a {BINDER} u.b))"),
    # blocks
    (
        "by case\n  a + 1 when b or c\n  d otherwise",
        "(Case [(CaseBranch (+ a 1) (Connective [or] [b c])) (CaseBranch d -)])",
    ),
    (
        "each Person p once for\n  2 with f(p)\n  1 with g(p)",
        "(Allocation (Binder p Person) - [(AllocationRole 2 (Call f [p]) -) (AllocationRole 1 (Call g [p]) -)] [])",
    ),
    (
        "each Passed p by p.units once for\n  2 with f(p) as a\n  1 with g(p) as b\n  at most 3 in both a and b",
        (
            "(Allocation (Binder p Passed) p.units [(AllocationRole 2 (Call f [p]) a) "
            "(AllocationRole 1 (Call g [p]) b)] [(AllocationShare 3 a b)])"
        ),
    ),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_an_expression_has_its_tree(text: str, tree: str) -> None:
    assert shown(expression(text)) == tree


CONDITIONS = [
    "a at least b else c",
    "a / b else c at least d",
    "not a is b",
    "a at least b at least c",
    "count of Usage u where u.a at least 3 is 4",
    "a rounded down to 1 is 2",
    "x within the 12 months before D before E is 3 is 4",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    assert codes(f"define it\n  {text}\n") == ["needs-parentheses"]


@pytest.mark.parametrize("word", ["over", "above", "exceeds", "under", "below", "between", "until", "since"])
def test_a_comparison_without_an_explicit_end_is_refused(word: str) -> None:
    assert codes(f"define it\n  seats {word} 300\n") == ["inexplicit-end"]


@pytest.mark.parametrize("sign", [">=", "<=", ">", "<", "=", "==", "!=", "≥", "≤", "≠"])
def test_a_sign_is_answered_with_its_word(sign: str) -> None:
    assert codes(f"define it\n  seats {sign} 300\n") == ["sign-for-word"]


@pytest.mark.parametrize("text", ["2023-02-29", "2022-13-01", "2022-00-10", "0000-01-01", "2022-13", "0000-10"])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    assert codes(f"define it\n  d is {text}\n") == ["no-such-date"]
