"""What the help of a mistake says to write is what an author most likely meant, and never makes it worse."""

from __future__ import annotations

import pytest

from tests.model.policies import VOCABULARY, error


def help_for(expression: str) -> str:
    head = VOCABULARY + "\ndefine it(u Usage, c Certificate, t Track)\n  "
    return error(head + expression + "\n").help


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        ("the Membership.growth at least 0.15", "`15%`, or `0.15%`"),
        ("the Membership.growth at least 15", "write `15%`"),
        ("the Membership.growth at least 3", "`3%`, or `300%` if 3 times as much is meant"),
        ("the Membership.growth at least 30 points", "a share of something is a percent: `30%`"),
        ("u.paid_seats * u.track at least 3", "only counts, numbers, points, percents and money"),
        ("u.paid_seats * c.earned at least 3", "a date is moved by a duration"),
        ("(0.5 * the Membership.length) at least 3 days", "multiply it by a count"),
        ("(u.billed * u.billed) at least 3 USD", "multiply by a count, a number or a percent"),
        ("(u.paid_seats / u.active_users) at least 35%", "if nothing is worth so much"),
        ("u.trial and count of Usage x", "say which rows with `where`"),
        ("c.earned is 2020", "`year of D is 2020`"),
        ("c.earned in 2020-03", "`month of D is 2020-03`"),
        ("c.earned is 2020-03", "`month of D is 2020-03`"),
        ("u.month is 2020-03-01", "a month is written `2020-03`"),
        ("(number of years from c.earned to assessment date) at least 18 years", "write `18` alone"),
        ("u.paid_seats at least 5%", "divide, as in `(a / b else 0%)`"),
        ("u.paid_seats at least 5 points", "`a * 1 point`"),
        ("u.billed at least 10%", "multiply, as in `a * 5%`"),
        ("u.billed at least 5 EUR", "two currencies"),
        ("u.track at least smb", "name those that count, `in { a, b }`"),
        ("u", "write `u.trial`"),
        ("c.earned", "`c.earned on or before ...`"),
        ("u.paid_seats", "`u.paid_seats at least ...`"),
        ("some Usage x where x.track is u", "write `u.track`"),
        ("adds(u.trial) at least 3", "choose `by case`"),
    ],
)
def test_the_help_fits(expression: str, part: str) -> None:
    assert part in help_for(expression)
