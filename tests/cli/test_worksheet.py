"""`attain why NAME`: the worksheet of a verdict or a number."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest

from attain_engine.api import load_facts, load_policy
from attain_engine.assess.named import explain_name
from tests.cli.conftest import Attain, Write

HALL = """\
policy hall "Hall"
  in force from 2024-01-01

enum Way { by_hours, by_people }

record Shift
  hours   number 0 to 100
  signed  flag

record Helper
  trained  flag
  nights   number 0 to 50

parameter most number
  source "Rules of the hall, section 4"
  8

measure points number 0 to 60
  least of (most, sum of s.hours among Shift s where s.hours more than 2)

measure nights number 0 to 50
  sum of h.nights among Helper h

define people as count
  count of Helper h where h.trained

define hours as count
  count of Shift s where s.hours more than 2

define done(w Way) as count
  by case
    people when w is by_people
    hours otherwise

score work out of 20 "Work"
  part shifts up to 10
    all or nothing when every Shift s where s.hours more than 2 has s.signed
  part help up to 10
    best for w in Way: 5 points for each done(w)

designation hall "Hall"
  require points "Nine points" points at least 9
  require work "Ten for work" work at least 10
  require nights "Nights" nights at least 10
"""
FACTS = """{"as_of": "2024-06-30", "facts": {
  "Shift": [{"hours": 5, "signed": true}, {"hours": 6, "signed": false}, {"hours": 1, "signed": false}]}}"""


@pytest.fixture
def files(write: Write) -> None:
    write("hall.attain", HALL)
    write("hall.json", FACTS)


def lines_of(name: str) -> list[dict[str, Any]]:
    policy = load_policy("hall.attain", HALL)
    sheet = explain_name(policy, load_facts(policy, text=FACTS), datetime.date(2024, 6, 30), None, name)

    def all_of(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for each in lines:
            yield each
            yield from all_of(each["lines"])

    return list(all_of(json.loads(sheet.model_dump_json())["lines"]))


def test_a_capped_sum_goes_down_to_the_rows_that_count() -> None:
    """Which number decides, where its figure is from, each row with its share; what is left out, and why."""
    lines = lines_of("hall.points")
    assert lines[0] | {"kind": "requirement", "verdict": "failed", "title": "Nine points"} == lines[0]
    assert lines[1] | {"value": "8", "needed": "9", "turn": "1 more"} == lines[1]
    cap = next(each for each in lines if each["kind"] == "parameter")
    assert (cap["note"], cap["quotation"]["sources"]) == ("the least", ["Rules of the hall, section 4"])
    rows = [(each["text"], each["value"], each["share"]) for each in lines if each["kind"] == "row"]
    assert rows == [("Shift:1", "5", "45.5%"), ("Shift:2", "6", "54.5%")]
    assert [each["title"] for each in lines if not each["counts"]] == ["Shift:3"]


def test_the_gate_that_is_not_met_names_the_rows_against_it() -> None:
    lines = lines_of("work.shifts")
    gate = next(each for each in lines if each["kind"] == "case")
    assert (gate["verdict"], gate["note"]) == ("failed", "1 of 2 against it; not taken")
    assert gate["turn"] == "1 must have what it lacks"
    assert [each["text"] for each in lines if each["kind"] == "row"] == ["Shift:2"]


YEARS = """\
policy years "Years"
record Course
  day    date
  hours  number
  seen   flag?
parameter needed for count number
  at least 2_000  10
measure hours(y count) number
  sum of c.hours among Course c where year of c.day is y
designation years "Years"
  require all_seen "All seen" every Course c where c.hours more than LEAST has c.seen
  require year "The year" hours(year of assessment date) at least needed(year of assessment date)
"""


@pytest.mark.parametrize(
    ("least", "seen", "note"),
    [
        ("3", "true", "none of 1 against it"),
        ("3", "false", "1 of 1 against it"),
        ("3", "null", "perhaps 1 of 1 against it"),
        ("9", "false", "there is none"),
    ],
)
def test_how_many_speak_against_an_every(least: str, seen: str, note: str) -> None:
    policy = load_policy("years.attain", YEARS.replace("LEAST", least))
    rows = f'{{"facts": {{"Course": [{{"day": "2024-01-01", "hours": 5, "seen": {seen}}}]}}}}'
    sheet = explain_name(policy, load_facts(policy, text=rows), datetime.date(2024, 6, 30), None, "years.all_seen")
    assert sheet.lines[0].lines[0].note == note


def test_a_year_is_named_in_a_call_as_it_is_written() -> None:
    policy = load_policy("years.attain", YEARS.replace("LEAST", "3"))
    facts = load_facts(policy, text='{"facts": {"Course": []}}')
    sheet = explain_name(policy, facts, datetime.date(2024, 6, 30), None, "years.year")
    assert [each.text for each in sheet.lines[0].lines[0].lines] == ["hours(2024)", "needed(2024)"]


def test_of_a_best_of_each_way_is_shown_and_the_best_is_marked() -> None:
    """No helpers were given: what rests on them is not known, what rests on shifts is."""
    elements = {each["text"]: each for each in lines_of("work.help") if each["kind"] == "element"}
    assert (elements["by_hours"]["value"], elements["by_hours"]["note"]) == ("10", "the greatest")
    assert elements["by_people"]["value"] == "0 to 10"


def test_what_is_not_known_is_named() -> None:
    turn = lines_of("hall.nights")[1]["turn"]
    assert turn.startswith("decided by what is not known")
    assert "`Helper`" in turn


@pytest.mark.usefixtures("files")
def test_the_designation_has_every_requirement(attain: Attain) -> None:
    lines = lines_of("hall")
    assert [each["text"] for each in lines if each["kind"] == "requirement"] == ["points", "work", "nights"]
    assert attain("why", "hall.attain", "hall.json", "hall").out.startswith("✗ hall")


def test_a_name_that_means_several_things_shows_each_whole() -> None:
    """The requirement and the measure `points`: the second is not said to stand above."""
    lines = lines_of("points")
    assert [each["kind"] for each in lines if each["kind"] in ("requirement", "measure")] == [
        "requirement",
        "measure",
        "measure",
    ]
    assert all(each["note"] != "as above" for each in lines)


@pytest.mark.usefixtures("files")
def test_a_name_that_nothing_has_is_wrong_usage(attain: Attain) -> None:
    result = attain("why", "hall.attain", "hall.json", "pionts")
    assert (result.code, result.out) == (2, "")
    assert "did you mean `points`" in result.err


@pytest.mark.usefixtures("files")
def test_a_row_that_counts_says_with_how_much(attain: Attain) -> None:
    assert "counts with 5, 45.5% of 11" in attain("why", "hall.attain", "hall.json", "Shift:1").out


BRANCH = """\
policy {name} "{name}"
  in force from 2024-01-01

record Shift_{name}
  hours  number 0 to 100

measure hours number 0 to 10_000 "Hours"
  sum of s.hours among Shift_{name} s

designation {name} "{name}"
  require hours "{least} hours" hours at least {least}
"""


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hours", ["3", "4", "3", "4"]),  # two requirements, two measures
        ("south.south", ["4"]),
        ("south.hours", ["4"]),
        ("north.hours", ["3"]),
        ("both.north.hours", ["3"]),
    ],
)
def test_what_two_imported_policies_call_alike_is_told_of_both_or_of_the_one_that_is_named(
    name: str, values: list[str], attain: Attain, write: Write
) -> None:
    write("north.attain", BRANCH.format(name="north", least=5))
    write("south.attain", BRANCH.format(name="south", least=6))
    write("both.attain", 'policy both "Both"\n  in force from 2024-01-01\n\nimport north as n\nimport south as s\n')
    given = ("--set", "north.hours=3", "--set", "south.hours=4", "--as-of", "2024-06-30")
    write("f.json", "{}")
    answer = json.loads(attain("why", "both.attain", "f.json", name, *given, "--output-format", "json").out)

    def first(lines: list[dict[str, Any]]) -> str:
        return next(value for each in lines if (value := each["value"] or first(each["lines"])))

    assert [first([each]) for each in answer["lines"]] == values


def test_each_name_that_is_offered_is_offered_once(attain: Attain, write: Write) -> None:
    write("north.attain", BRANCH.format(name="north", least=5))
    write("f.json", "{}")
    told = attain("why", "north.attain", "f.json", "hors", "--as-of", "2024-06-30").err
    assert "did you mean `hours`?" in told
