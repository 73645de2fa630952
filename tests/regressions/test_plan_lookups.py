"""Parameters looked up by what a plan changes, and problems that are small but have fine numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.regressions.asked import plan, steps

HOME = """\
record Member
  here flag

record Home one row
  income money USD 0 USD to 100_000 USD
  zone   count 1 to 9

parameter allowance for count money USD
  at most 3 100 USD, at least 4 150 USD

parameter rate for count, count percent
  1 1  10%
  1 2  20%
  2 otherwise 30%
  otherwise otherwise 40%

measure size count 0 to 100 "Size"
  count of Member m where m.here

change bring by 1 to 3 "Bring {n} in"
  adds Member { here: yes }
  cost 1 USD each

change move(h Home) "Move"
  sets h.zone to 2
  cost 3 USD

change again(m Member) "Take one back"
  when not (m.here)
  sets m.here to yes
  cost 2 USD

"""


@pytest.mark.parametrize(
    ("condition", "members", "expected"),
    [
        ("the Home.income - allowance(size) at most 1_000 USD", [True, True, True, False], {"bring": 1}),
        ("the Home.income - allowance(size + 1) at most 1_000 USD", [True, False], {"bring": 2}),
        ("rate(size, the Home.zone) at least 40%", [True, False], {"bring": 2}),  # by two changes, one of them twice
        ("rate(the Home.zone, size) is 30%", [True], {"move": 1}),
        ("rate(the Home.zone, size) is 20%", [True], {"bring": 1}),
    ],
)
def test_a_key_that_changes_move_has_all_its_entries(
    tmp_path: Path, condition: str, members: list[bool], expected: dict[str, int]
) -> None:
    policy = f'{HOME}designation d "D"\n  require r "R" {condition}\n'
    rows = {"Member": [{"here": each} for each in members], "Home": {"income": 1130, "zone": 1}}
    found = plan(tmp_path, policy, rows)
    assert (found.status, steps(found)) == ("proved", expected)


NET = """\
record Home one row
  income money USD 0 USD to 100_000 USD
  rent   money USD 0 USD to 100_000 USD
  care   money USD 0 USD to 100_000 USD
  member flag

measure share number 0 to 1
  by case
    1 when the Home.member
    1 / 2 otherwise

measure first_net money USD 0 USD to 1_000_000 USD
  greatest of (0 USD, the Home.income - the Home.care * share)

measure shelter money USD 0 USD to 1_000_000 USD
  least of (744 USD, greatest of (0 USD, the Home.rent * share - first_net / 2))

measure net money USD 0 USD to 1_000_000 USD
  greatest of (0 USD, first_net - shelter)

change rent(h Home) by 1 to 30 "Rent"
  raises h.rent by 50 USD
  cost 1 USD each

change care(h Home) by 1 to 20 "Care"
  raises h.care by 25 USD
  cost 2 USD each

change naturalise(h Home) "Naturalise"
  sets h.member to yes
  cost 760 USD

"""


def worked_out(rent: int, care: int, member: bool) -> float:
    """What is left in dollars, by the same rules written a second time; halves and quarters are exact."""
    share = 1 if member else 0.5
    first = max(0, 2300 - 25 * care * share)
    return max(0, first - min(744, max(0, (900 + 50 * rent) * share - first / 2)))


@pytest.mark.parametrize("most", [1_763, 1_800, 2_037, 1_240])
def test_a_small_problem_of_fine_numbers_is_proved(tmp_path: Path, most: int) -> None:
    policy = f'{NET}designation d "D"\n  require net "Net" net at most {most} USD\n'
    found = plan(tmp_path, policy, {"Home": {"income": 2300, "rent": 900, "care": 0, "member": False}})
    costs = [
        rent + 2 * care + 760 * member
        for rent in range(31)
        for care in range(21)
        for member in (False, True)
        if worked_out(rent, care, member) <= most
    ]
    if costs:
        assert found.status == "proved"
        assert found.plans[0].cost_exact.number == str(min(costs))
    else:
        assert found.status == "impossible"
