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
    ],
)
def test_the_help_fits(expression: str, part: str) -> None:
    assert part in help_for(expression)
