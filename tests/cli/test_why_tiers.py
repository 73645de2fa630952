"""`attain why` of tiers and options: as plans call them, `status:gold`."""

from __future__ import annotations

import pytest

from attain_engine.api import explain, load_facts, load_policy
from attain_engine.assess.lines import Line, Worksheet
from attain_engine.assess.why import Explanation
from tests.cli.conftest import Attain, Write

CLUB = """\
policy club "Club"
  in force from 2024-01-01

enum Area { rowing, chess }

entity Site

record Member
  area  Area
  site  Site

record Block
  rooms  count 0 to 100

measure members count 0 to 100
  count of Member m

measure rooms count 0 to 1_000
  sum of h.rooms among Block h

measure at(s Site) count 0 to 100
  count of Member m where m.site is s

designation status(a Area) "Status"
  require some_of_it "One" some Member m where m.area is a
  tier silver "Silver"
    require people "Two" members at least 2
  tier gold "Gold"
    require people "Ten" members at least 10
    option many "Very many"
      require very "Twenty" members at least 20
    option roomy "With rooms"
      require rooms "Five rooms" rooms at least 5

designation safe "Safe"
  best for s in Site by at(s)
  require first "One" at(s) at least 1
  tier full "Full"
    require all "Three" at(s) at least 3

designation house "House"
  require any "Any" members at least 1
  tier grand "Grand"
    require rooms "Fifty" rooms at least 50
"""
FACTS = """{"as_of": "2024-06-30", "facts": {"Block": [{"rooms": 7}], "Member": [
  {"area": "chess", "site": "linz"}, {"area": "chess", "site": "linz"}, {"area": "chess", "site": "graz"}]}}"""


def answer(name: str) -> Worksheet | Explanation:
    policy = load_policy("club.attain", CLUB)
    facts = load_facts(policy, text=FACTS)
    assert facts.as_of is not None
    return explain(policy, facts, facts.as_of, name)


def line_of(name: str) -> Line:
    sheet = answer(name)
    assert isinstance(sheet, Worksheet)
    (line,) = sheet.lines
    return line


@pytest.mark.parametrize(
    ("name", "text", "verdict", "note"),
    [
        ("status(chess):silver", "status(chess):silver", "met", ""),
        ("status( chess ) : gold", "status(chess):gold", "failed", "the award is silver"),
        ("status(chess).gold", "status(chess):gold", "failed", "the award is silver"),
        ("club.status(chess):gold", "status(chess):gold", "failed", "the award is silver"),
        ("status(rowing):silver", "status(rowing):silver", "failed", ""),
        ("safe:full", "safe(linz):full", "failed", ""),
        ("safe(graz):full", "safe(graz):full", "failed", ""),
        ("full", "safe(linz):full", "failed", ""),
        ("house:grand", "house:grand", "failed", ""),
    ],
)
def test_a_tier_is_asked_for_as_plans_call_it(name: str, text: str, verdict: str, note: str) -> None:
    line = line_of(name)
    assert (line.kind, line.text, line.verdict, line.note) == ("tier", text, verdict, note)


def test_a_tier_has_what_all_tiers_need_and_its_own() -> None:
    lines = line_of("status(chess):gold").lines
    assert [(each.kind, each.text) for each in lines] == [
        ("requirement", "some_of_it"),
        ("requirement", "gold.people"),
        ("option", "many"),
        ("option", "roomy"),
    ]


@pytest.mark.parametrize("name", ["status(chess).gold.roomy", "status(chess).roomy", "status(chess):roomy"])
def test_an_option_can_be_asked_for(name: str) -> None:
    line = line_of(name)
    assert (line.kind, line.text, line.verdict) == ("option", "roomy", "met")


def test_a_tier_of_several_awards_is_told_of_each() -> None:
    sheet = answer("gold")
    assert isinstance(sheet, Worksheet)
    assert [each.text for each in sheet.lines] == ["status(rowing):gold", "status(chess):gold"]


@pytest.mark.parametrize("name", ["Member:1", "Member:site=graz", "Block:1", "Block:rooms=7"])
def test_rows_are_still_rows(name: str) -> None:
    assert isinstance(answer(name), Explanation)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("status(chess):gld", "`status(chess):gold`"),
        ("statu(chess):gold", "`status(chess):gold`"),
        ("hose:grand", "`house:grand`"),
        ("Membr:1", "RECORD:NUMBER"),
        ("Member:gold", "is not FIELD=VALUE"),
    ],
)
def test_what_is_not_there_is_wrong_usage(attain: Attain, write: Write, name: str, says: str) -> None:
    write("club.attain", CLUB)
    write("club.json", FACTS)
    result = attain("why", "club.attain", "club.json", name)
    assert (result.code, result.out) == (2, "")
    assert says in result.err
