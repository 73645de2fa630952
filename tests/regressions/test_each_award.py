"""An award for each identifier (`any for s in Site`) is an award in every answer: why, nearest, a forecast, many
organisations, a comparison of editions."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from attain_compiler.model.program import Program
from attain_engine.api import assess, load_policy
from attain_engine.assess.named import explain_name
from attain_engine.check.examples import run_example
from attain_engine.compare import compare
from attain_engine.facts.model import Facts
from attain_engine.forecast import forecast
from attain_engine.many import Asked, Edition, each_organisation, effects
from attain_engine.questions import nearest, what_if
from attain_engine.report.assessment_text import other_tracks
from attain_engine.report.full import full_report
from attain_engine.report.html import html
from attain_engine.report.markdown import markdown
from tests.regressions.asked import HEAD, ON, read

DAY = datetime.date(2024, 3, 31)

POLICY = """\
entity Site

record Drill
  site  Site
  day   date
  n     count 0 to 100

measure drills(s Site) count 0 to 1_000
  sum of d.n among Drill d where d.site is s and d.day within the 12 months to assessment date

score points(s Site) out of 20
  part drills  up to 20  2 points for each drills(s)

designation safe "Safe"
  {tracks}
  require drills drills(s) at least {few}
  tier basic
    require some points(s) at least 6
  tier full
    require many points(s) at least 12

designation insured "Insured"
  require two "Two sites" (count of Site s where safe(s) at least basic) at least 2

change hold(s Site) by 1 to 9 "Hold {{n}}"
  adds Drill {{ site: s, day: plan date, n: 1 }}
  cost 10 EUR each
"""
ANY = POLICY.format(tracks="any for s in Site", few=2)
ROWS = {
    "Drill": [
        {"site": "graz", "day": "2024-02-01", "n": 8},
        {"site": "linz", "day": "2023-06-15", "n": 3},
        {"site": "old town", "day": "2024-01-01", "n": 1},
    ]
}


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Program, Facts]:
    return read(tmp_path, ANY, ROWS, {})


@pytest.mark.parametrize(
    ("wanted", "verdict", "note"),
    [
        ("safe", "met", "tier full"),
        ("safe(graz)", "met", "tier full"),
        ("safe(linz)", "met", "tier basic"),
        ('safe("linz")', "met", "tier basic"),
        ("safe(old town)", "failed", ""),
        ('safe("old town")', "failed", ""),
    ],
)
def test_why_says_how_that_one_stands(asked: tuple[Program, Facts], wanted: str, verdict: str, note: str) -> None:
    (line,) = explain_name(*asked, ON, None, wanted).lines
    assert (line.verdict, line.note) == (verdict, note)


@pytest.mark.parametrize("wanted", ['drills("old town")', 'points("old town")', 'safe("old town").drills'])
def test_why_takes_an_identifier_as_policies_write_it(asked: tuple[Program, Facts], wanted: str) -> None:
    said = [f"{line.text}{line.lines}" for line in explain_name(*asked, ON, None, wanted).lines]
    assert said
    assert all("old town" in each for each in said)


def test_the_nearest_are_told_apart(asked: tuple[Program, Facts]) -> None:
    found = {each.target: (each.title, each.status, each.cost) for each in nearest(*asked, ON).designations}
    assert found == {
        "safe:full": ("Safe", "qualified", ""),
        "safe(graz):full": ("Safe (graz)", "qualified", ""),
        "safe(linz):full": ("Safe (linz)", "proved", "30 EUR"),
        "safe(old town):basic": ("Safe (old town)", "proved", "20 EUR"),
        "insured": ("Insured", "qualified", ""),
    }


def test_a_forecast_says_what_each_loses_and_what_prevents_it(asked: tuple[Program, Facts]) -> None:
    found = forecast(*asked, ON, to=datetime.date(2024, 7, 31))
    standing = {each.designation: (each.verdict, each.award) for each in found.now}
    assert standing["safe"] == ("met", "full")
    assert standing["safe(linz)"] == ("met", "basic")
    assert standing["safe(old town)"] == ("failed", "")
    (day,) = found.days
    assert [(each.what, each.track, each.before, each.after) for each in day.turns if each.designation == "safe"][
        :2
    ] == [
        ("verdict", "linz", "met", "failed"),
        ("award", "linz", "basic", ""),
    ]
    assert {each.target: each.cost for each in day.preventions} == {"safe(linz):basic": "30 EUR", "insured": "20 EUR"}
    lost = {each.title: each.loses for each in found.critical}
    assert lost["Drill (linz)"] == ("Safe (linz)", "Insured")


def test_of_many_organisations_each_award_is_a_row(tmp_path: Path) -> None:
    base = load_policy(tmp_path / "tried.attain", HEAD + ANY)
    head = load_policy(tmp_path / "tried.attain", HEAD + ANY.replace("at least 12", "at least 6"))
    (tmp_path / "one.json").write_text(json.dumps({"facts": ROWS}), encoding="utf-8")
    asked = Asked((Edition.of(base), Edition.of(head)), on=ON)
    ((before, after),) = each_organisation(asked, [tmp_path / "one.json"], 1)
    rows: Any = before
    assert {each.designation: (each.award, each.total) for each in rows} == {
        "safe": ("full", "16"),
        "safe(graz)": ("full", "16"),
        "safe(linz)": ("basic", "6"),
        "safe(old town)": ("", "2"),
        "insured": ("", ""),
    }
    found = effects(rows, after, {"safe": ("basic", "full"), "insured": ()})  # type: ignore[arg-type]
    assert {each.designation: each.effect for each in found if each.effect != "same"} == {"safe(linz)": "gains"}


@pytest.mark.parametrize("tracks", ["any for s in Site", "best for s in Site by points(s)"])
@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        ("drills(s) at least 2", "drills(s) at least 1", "requirement safe(one site).drills"),
        ("points(s) at least 12", "points(s) at least 10", "requirement safe(one site).full.many"),
        ("2 points for each", "3 points for each", "part points(one site).drills"),
    ],
)
def test_editions_are_compared_for_each_identifier(
    tmp_path: Path, tracks: str, old: str, new: str, looser: str
) -> None:
    texts = [HEAD + POLICY.format(tracks=tracks, few=2)]
    texts.append(texts[0].replace(old, new))
    base, head = (load_policy(tmp_path / "tried.attain", each) for each in texts)
    found = {f"{each.kind} {each.name}": each for each in compare(base, head).findings}
    assert found[looser].relation == "looser"
    for witness in (one for each in found.values() for one in each.witnesses):
        shown = [load_policy(tmp_path / "tried.attain", f"{each}\n{witness.example}\n") for each in texts]
        passed = [not run_example(each, list(each.examples.values())[-1]).failures for each in shown]
        assert passed == [False, True]


def test_what_is_so_of_one_of_all_is_compared(tmp_path: Path) -> None:
    texts = (HEAD + ANY, HEAD + ANY.replace("at least 6", "at least 4"))
    base, head = (load_policy(tmp_path / "tried.attain", each) for each in texts)
    found = {f"{each.kind} {each.name}" for each in compare(base, head).findings if each.relation == "looser"}
    assert found >= {"designation safe", "tier safe at least basic", "requirement safe(one site).basic.some"}


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        ("run(linz, 2024-02)", "0"),
        ('run("graz", 2024-02)', "1"),
        ("worth(2, 10 EUR)", "20 EUR"),
        ("since(2024-02-01)", "1"),
    ],
)
def test_why_answers_for_any_arguments(tmp_path: Path, wanted: str, value: str) -> None:
    defined = """
define run(s Site, m month from 2024-01) as count
  by case
    (run(s, 1 month before m) else 0) + 1 when some Drill d where d.site is s and month of d.day is m
    0 otherwise

define worth(n count, each_one money EUR) as money EUR
  n * each_one

measure since(d date) count 0 to 100
  count of Drill x where x.day on or after d
"""
    program, facts = read(tmp_path, ANY + defined, ROWS, {})
    (line,) = explain_name(program, facts, ON, None, wanted).lines
    assert line.value == value


def test_why_answers_for_a_designation_of_an_imported_policy(tmp_path: Path) -> None:
    (tmp_path / "base.attain").write_text('policy base "B"\n\ndesignation basic\n  require n 1 at least 2\n', "utf-8")
    policy = "import base\n\ndesignation own\n  require n 2 at least 1\n  require base basic is met\n"
    program, facts = read(tmp_path, policy, {}, {})
    for wanted, verdict in (("basic", "failed"), ("base.basic", "failed"), ("basic.n", "failed"), ("n", "met")):
        (line,) = explain_name(program, facts, ON, None, wanted).lines
        assert line.verdict == verdict


def test_what_if_says_what_becomes_of_each(asked: tuple[Program, Facts]) -> None:
    found = what_if(*asked, ON, made=[(1, "hold(old town)"), (3, "hold(linz)")])
    then = {each.designation: (each.verdict, each.award, each.total) for each in found.after}
    assert then == {
        "safe": ("met", "full", "16"),
        "safe(linz)": ("met", "full", "12"),
        "safe(old town)": ("failed", "", "4"),
        "insured": ("met", "", ""),
    }
    assert [each.designation for each in found.before] == list(then)


def test_reports_name_the_other_tracks(asked: tuple[Program, Facts]) -> None:
    said = "linz basic, old town not qualified"
    assert other_tracks(assess(*asked, ON).designations[0]) == tuple(said.split(", "))
    report = full_report(*asked, ON)
    assert f"Other tracks: {said}" in markdown(report)
    assert f"Other tracks: {said}" in html(report)
