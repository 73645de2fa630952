"""Claims about points, measures and verdicts are proved, or refuted with an example, whatever the facts are."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.api import load_policy
from attain_engine.check.claims import check_claims

POINTS = """\
policy tried "Tried"
  in force from 2000-01-01

record Course
  id text

measure a count 0 to 10 "A"
  count of Course c where c.id is "a"

measure b count 0 to 10 "B"
  count of Course c where c.id is "b"

score s out of 100 "Points"
  part pa up to 60  in proportion to a full at 10
  part pb up to 40  in proportion to b full at 10

score t out of 20 "Capped"
  part pa up to 15  3 points for each a only if b at least 2
  part pb up to 5   all or nothing when b at least 5

designation d "D"
  require total "70 points" s at least 70

designation e "E"
  tier low "Low"
    require some "Some" t at least 6
  tier high "High"
    require more "More" t at least 15

"""


@pytest.mark.parametrize(
    ("claim", "standing"),
    [
        ("s at least 70 implies a at least 1", "holds"),
        ("s at least 70 implies a at least 5", "holds"),
        ("s at least 70 implies a at least 6", "fails"),
        ("s at least s.pa", "holds"),
        ("s more than s.pa", "fails"),
        ("s at most 100", "holds"),
        ("s.pa / 60 points * 10 + s.pb / 40 points * 10 is a + b", "holds"),
        ("t at most 20", "holds"),
        ("t at most 19", "fails"),
        ("t at least 15 implies b at least 2", "holds"),
        ("t at least 15 implies b at least 5", "fails"),
        ("e at least high implies e at least low", "holds"),
        ("e is high implies d is met", "fails"),
        ("d is met implies s at least 70", "holds"),
        ("a at most 10", "holds"),  # by its bounds
        ("a at most 9", "fails"),
    ],
)
def test_a_claim_is_proved_or_refuted(claim: str, standing: str) -> None:
    found = check_claims(load_policy("tried.attain", f'{POINTS}claim "it"\n  {claim}\n'))
    assert [each.standing for each in found] == [standing]


SITE = """\
policy tried "Tried"
  in force from 2000-01-01

enum Size { small, big }

record Site one row "Where it all is"
  seats   count 0 to 10
  rent    money EUR 10 EUR to 20 EUR
  floor   count 0 to 20
  size    Size
  opened  date
  begun   month
  ends    date or never

record Desk
  places  count 0 to 5
  bought  date
  paid    month

measure floor count 0 to 10
  the Site.floor

measure places count 0 to 30
  the Site.floor + (sum of k.places among Desk k)

designation d "D"
  require floor "Eight" floor at least 8
  require big "Big" the Site.size is big

"""


@pytest.mark.parametrize(
    ("claim", "standing"),
    [
        ("the Site.seats at most 10", "holds"),
        ("the Site.seats at most 9", "fails"),
        ("the Site.rent at least 10 EUR", "holds"),
        ("the Site.rent at least 11 EUR", "fails"),
        ("the Site.size is small or the Site.size is big", "holds"),
        ("every Site s has s.seats at most 10", "holds"),
        ("(count of Site s) is 1", "holds"),
        ("floor at most 10", "holds"),  # by the bounds of the measure, not of the field
        ("floor at most 9", "fails"),
        ("the Site.floor at most 10", "fails"),
        ("places at least the Site.floor", "not proved"),  # it holds, but the rows of the sum were not given
        ("d is met implies the Site.floor at least 8", "holds"),
        ("d is met implies the Site.floor at least 9", "fails"),
        ("the Site.opened later than 2020-01-01", "fails"),
        ("the Site.begun later than 2020-01", "fails"),
        ("every Desk e has e.bought later than 2020-01-01", "fails"),
        ("every Desk e has e.paid later than 2020-01", "fails"),
        ("every Desk e has e.places at most 4 + the Site.seats", "fails"),
        ("every Desk e has e.places at most 5 + the Site.seats", "holds"),
    ],
)
def test_what_is_claimed_of_fields_keeps_to_their_bounds(claim: str, standing: str) -> None:
    found = check_claims(load_policy("tried.attain", f'{SITE}claim "it"\n  {claim}\n'))
    assert [each.standing for each in found] == [standing]


KINDS = """\
policy tried "Tried"
  in force from 2000-01-01

enum Kind { a, b, c }

record Firm one row
  kind   Kind
  other  Kind or none

designation d "D"
  require it "It" the Firm.kind is a and the Firm.other is a

"""


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("the Firm.kind is not b", "kind: b"),
        ("the Firm.kind is not c", "kind: c"),
        ("the Firm.kind is a or the Firm.kind is c", "kind: b"),
        ("the Firm.other is none or the Firm.other is a or the Firm.other is b", "other: c"),
        ("the Firm.other is not none implies the Firm.other is not b", "other: b"),
        ("the Firm.other is not none", "other: none"),
        ("d is met implies the Firm.kind is not the Firm.other", "kind: a, other: a"),
    ],
)
def test_a_claim_about_a_value_of_an_enum_is_refuted_by_that_value(tmp_path: Path, claim: str, shown: str) -> None:
    program = load_policy(tmp_path / "tried.attain", f'{KINDS}claim "It" {claim}\n')
    (found,) = [each for each in check_claims(program) if not each.reading]
    assert (found.standing, shown in found.example) == ("fails", True)


@pytest.mark.parametrize(
    ("claim", "standing"),
    [
        ("(greatest of b.size among Bonus b else 0) at least 5", "not proved"),
        ("top at least 5", "not proved"),
        ("top at most 10", "holds"),
        ("(average of b.size among Bonus b else 7) at least 5", "holds"),
        ("(median of b.size + 1 among Bonus b else 3) at least 6", "not proved"),
    ],
)
def test_a_claim_about_rows_holds_without_any(claim: str, standing: str) -> None:
    policy = f"""\
policy tried "Tried"

record Bonus
  size  count 5 to 10

define top as count
  greatest of b.size among Bonus b else 0

designation d "D"
  require r "R" top at least 7

claim {claim}
"""
    assert [each.standing for each in check_claims(load_policy("tried.attain", policy))] == [standing]
