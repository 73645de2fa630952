"""A report for each identifier that facts or policy name: wherever a report stands; a plan may be for one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from attain_compiler.model.program import Program
from attain_engine.asked import AskedWrongly, designations_named
from attain_engine.assess.named import explain_name
from attain_engine.check.examples import run_examples
from attain_engine.compare import compare
from attain_engine.facts.model import Facts
from attain_engine.policies import read_policy
from attain_engine.report.full import full_report
from attain_engine.report.html import html
from attain_engine.report.markdown import markdown
from attain_engine.report.workbook import workbook
from tests.regressions.asked import HEAD, ON, assess, codes, plan, read

POLICY = """\
enum Kind { small "Small one", large "Large one" }

entity Site

record Visit
  site   Site
  kind   Kind
  hours  count 0 to 100

parameter rate for Site money EUR
  "linz"     3 EUR
  otherwise  2 EUR

measure hours(s Site) count 0 to 1_000
  sum of v.hours among Visit v where v.site is s

report fee(s Site) "Fee for {s}" as money EUR
  hours(s) * rate(s)

report visits(k Kind, s Site) "{k}" as count
  count of Visit v where v.site is s and v.kind is k

report busy(s Site) "Busy" as flag
  hours(s) at least 10

designation dear "Dear"
  require fees "A fee of 20 EUR" some Site s where fee(s) at least 20 EUR

change visit(s Site) by 1 to 50 "Visit {s} {n} times"
  adds Visit { site: s, kind: small, hours: 1 }
  cost 10 EUR each
"""
VISITS: dict[str, Any] = {"Visit": [{"site": "graz", "kind": "large", "hours": 5}]}


def parts(folder: Path, tables: dict[str, Any] | None = None) -> tuple[Program, Facts]:
    return read(folder, POLICY, VISITS if tables is None else tables, {})


def test_there_is_a_value_for_each_that_facts_or_policy_name(tmp_path: Path) -> None:
    found = assess(tmp_path, POLICY, VISITS)
    assert [(each.name, each.title, each.value) for each in found.reports] == [
        ("fee(graz)", "Fee for graz", "10 EUR"),
        ("fee(linz)", "Fee for linz", "0 EUR"),
        ("visits(small, graz)", "Small one", "0"),
        ("visits(small, linz)", "Small one", "0"),
        ("visits(large, graz)", "Large one", "1"),
        ("visits(large, linz)", "Large one", "0"),
        ("busy(graz)", "Busy: graz", "no"),
        ("busy(linz)", "Busy: linz", "no"),
    ]
    assert found.reports[0].value_exact is not None
    assert found.reports[0].value_exact.number == "10"


def test_where_rows_were_not_given_there_may_be_another(tmp_path: Path) -> None:
    found = assess(tmp_path, POLICY, {}).reports
    assert [(each.title, each.value) for each in found[:2]] == [
        ("Fee for linz", "0 EUR to 3,000 EUR"),
        ("Fee for another Site", "0 EUR to 3,000 EUR"),
    ]


def test_no_identifier_no_value(tmp_path: Path) -> None:
    bare = POLICY.replace('  "linz"     3 EUR\n', "")
    assert assess(tmp_path, bare, {"Visit": []}).reports == ()


def test_every_form_of_a_report_shows_them(tmp_path: Path) -> None:
    report = full_report(*parts(tmp_path), ON)
    assert "| Fee for graz | 10 EUR |" in markdown(report)
    assert "<dt>Fee for graz</dt><dd>10 EUR</dd>" in html(report)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(report)))["Figures"]
    assert [cell.value for cell in sheet[2]][:4] == ["fee(graz)", "Fee for graz", 10, "EUR"]


def test_why_tells_of_one_and_of_all(tmp_path: Path) -> None:
    program, facts = parts(tmp_path)
    one = explain_name(program, facts, ON, {}, "fee(graz)").lines
    assert [(each.text, each.title, each.value) for each in one] == [("fee(graz)", "Fee for graz", "10 EUR")]
    assert [each.text for each in explain_name(program, facts, ON, {}, "fee").lines] == ["fee(graz)", "fee(linz)"]


@pytest.mark.parametrize(
    ("aim", "title", "cost"),
    [
        ("fee(graz) at least 14 EUR", "Fee for graz at least 14 EUR", 20),
        ("visits(small,linz) at least 2", "Small one at least 2", 20),
        ('hours("linz") at least 1', "hours at least 1", 10),
    ],
)
def test_a_plan_may_be_for_one(tmp_path: Path, aim: str, title: str, cost: int) -> None:
    program, facts = parts(tmp_path)
    ((designation, _),) = designations_named(program, facts, [aim])
    assert designation.title == title
    text = '\nexample "e"\n  given Visit { site: "graz", kind: large, hours: 5 }\n  given nothing else\n'
    call, sign, amount = aim.replace(",", ", ").partition(" at least ")
    call = call.replace("graz", '"graz"').replace("linz)", '"linz")').replace('""', '"')
    made = read_policy("tried.attain", f"{HEAD}{POLICY}{text}  expect plan for {call}{sign}{amount} costs {cost} EUR\n")
    assert made.program is not None, [each.message for each in made.diagnostics]
    assert [each.failures for each in run_examples(made.program)] == [()]


@pytest.mark.parametrize("aim", ["fee(wien) at least 1 EUR", "visits(huge, graz) at least 1", "fees(graz) at least 1"])
def test_what_is_not_there_is_refused(tmp_path: Path, aim: str) -> None:
    with pytest.raises(AskedWrongly):
        designations_named(*parts(tmp_path), [aim])


def test_a_plan_moves_those_that_it_moves_and_brings_others(tmp_path: Path) -> None:
    opened = POLICY.replace("by 1 to 50", "").replace("Visit {s} {n} times", "Visit {s}").replace(" each\n", "\n")
    opened = opened.replace("hours: 1", "hours: 3").replace("(s Site) ", " ", 0)
    opened += "\nchange open_one\n  adds Visit { site: new Site, kind: small, hours: 10 }\n  cost 1 EUR\n"
    found = plan(tmp_path, opened, VISITS)
    moved = {title.partition(" new")[0]: (before, after) for title, before, after in found.moved(found.plans[0])}
    assert moved["Fee for"] == ("none", "20 EUR")
    assert "Fee for graz" not in moved


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("hours(s) * rate(s)", "hours(s) * rate(s) + 1 EUR", {"fee(linz)", "fee(one site)"}),
        ('"linz"     3 EUR', '"linz"     4 EUR', {"fee(linz)"}),
        ("where v.site is s and v.kind is k", "where v.site is s and v.kind is k and v.hours at least 1",
         {"visits(small, linz)", "visits(large, linz)", "visits(small, one site)", "visits(large, one site)"}),
        ("hours(s) at least 10", "not (hours(s) less than 10)", set()),
    ],
)  # fmt: skip
def test_a_comparison_tells_which_differ(old: str, new: str, names: set[str]) -> None:
    base, head = (read_policy("tried.attain", HEAD + text).program for text in (POLICY, POLICY.replace(old, new)))
    assert base is not None
    assert head is not None
    found = {each.name: each.relation for each in compare(base, head).findings if each.kind == "report"}
    assert {name for name, relation in found.items() if relation == "different"} == names
    assert {relation for name, relation in found.items() if name not in names} == {"equivalent"}


def test_rows_have_no_report_each() -> None:
    assert "type-mismatch" in codes(f"{POLICY}\nreport long(v Visit) as flag\n  v.hours at least 3\n")


@pytest.mark.parametrize(
    ("aim", "least"),
    [
        ("fee(graz) at least 1_400 EUR", 1_400),
        ("hours(graz) at least 1_000", 1_000),
        ("progress at least 10_000 points", 10_000),
        ("progress at least 1 point", 1),
        ("progress at least 12", 12),
    ],
)
def test_an_amount_may_be_written_as_the_policy_writes_it(tmp_path: Path, aim: str, least: int) -> None:
    program, facts = read(tmp_path, f"{POLICY}\nreport progress as points\n  5 points\n", VISITS, {})
    ((designation, _),) = designations_named(program, facts, [aim])
    condition: Any = designation.requirements[0].condition
    assert condition.right.value == least
