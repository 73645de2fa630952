"""Titles with values in them: a comparison shows what each edition has on the day that is compared."""

from __future__ import annotations

import pytest

from attain_engine.compare import Comparison, compare
from attain_engine.policies import read_policy
from attain_engine.report.console import Console
from attain_engine.report.diff_markdown import diff_markdown
from attain_engine.report.diff_text import diff_text

BASE = """policy club "Club"
  in force from 2020-01-01

enum Area { cloud "Cloud work", data "Data work" }

record Member "A member"
  area   Area
  points count 0 to 10

parameter limit count
  from 2020-01-01  40
  from 2024-01-01  50

parameter least count
  3

parameter seats for Area count
  cloud 2
  data  3

measure points count 0 to 1_000
  sum of m.points among Member m

measure members(a Area) count 0 to 100
  count of Member m where m.area is a

score total(a Area) "Points" out of 100
  part many "From {seats(a)}" up to 100 in proportion to members(a) full at seats(a)

designation grant "Grant"
  require low "Below {limit} points" points less than limit
  require more "{least} at least, of {points}" points at least least

designation status(a Area) "Partner for {a}"
  require few "At most {seats(a)} in {a}" members(a) at most seats(a)
"""


def titles(head: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for each in compared(head).findings:
        if each.kind in ("requirement", "part"):
            found.setdefault(each.name, []).append((each.title, each.title_before))
    return found


def compared(head: str) -> Comparison:
    programs = [read_policy(f"{name}/club.attain", text).program for name, text in (("base", BASE), ("head", head))]
    assert programs[0] is not None
    assert programs[1] is not None
    return compare(programs[0], programs[1])


def test_each_edition_has_its_own_value_of_the_day() -> None:
    head = BASE.replace("  50", "  60").replace("count\n  3", "count\n  4").replace("cloud 2", "cloud 1")
    found = titles(head)
    assert found["grant.low"] == [("Below 40 points", ""), ("Below 60 points", "Below 50 points")]
    assert found["grant.more"] == [("4 at least, of {points}", "3 at least, of {points}")]
    assert found["total(cloud).many"] == [("From 1", "From 2")]
    assert found["total(data).many"] == [("From 3", "")]
    assert found["status(cloud).few"] == [("At most 1 in cloud", "At most 2 in cloud")]
    for text in (
        diff_text([compared(head)], Console(color=False, unicode=True, columns=120)),
        diff_markdown(compared(head)),
    ):
        assert "Below 60 points (was: Below 50 points)" in text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Over {least}", "Over 3"),
        ("Over {limit}", "Over {limit}"),
        ("Over {month of assessment date}", "Over {month of assessment date}"),
        ("Over {points}", "Over {points}"),
    ],
)
def test_what_only_one_edition_has_is_compared_on_no_day(title: str, shown: str) -> None:
    more = f'  require more "{title}" points at least 2\n'
    old = '  require more "{least} at least, of {points}" points at least least\n'
    assert old in BASE
    assert titles(BASE.replace(old, old + more.replace("more", "other")))["grant.other"] == [(shown, "")]
    assert titles(BASE.replace(old, ""))["grant.more"] == [("3 at least, of {points}", "")]


def test_a_value_that_changes_no_text_is_said_once() -> None:
    head = BASE.replace('"Below {limit} points" points less than limit', '"Below 40 points" points less than 40')
    assert titles(head)["grant.low"][-1] == ("Below 40 points", "Below 50 points")
