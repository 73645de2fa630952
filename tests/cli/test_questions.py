"""`attain nearest`, `what-if`, `show`, and the questions that are options of `attain plan`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Attain, Write

POLICY = """\
policy choir "Choir"
  in force from 2020-01-01

entity Singer

record Member
  singer Singer
  trained flag default no

measure members count "Members"
  count of Member m

designation quality "Quality"
  require trained "Trained" (count of Member m where m.trained) at least 2

designation size "Size"
  require members "Members" members at least 4

change school(m Member) "School {m.singer}"
  when not (m.trained)
  sets m.trained to yes
  cost 100 EUR
  takes 6 months

change invite by 1 to 5 "Invite {n}"
  adds Member { singer: new Singer }
  cost 80 EUR each

change gift by 1 to 3 "Give {n}"
  raises members by 1
  cost 500 EUR each
"""
FACTS = (
    '{"organisation": "ours", "as_of": "2024-01-01", "facts": {"Member": [{"singer": "ana"}, {"singer": "bo, sr."}]}}'
)


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write("choir.attain", POLICY)
    write("choir.json", FACTS)


def test_the_nearest_designation_stands_first(attain: Attain) -> None:
    result = attain("nearest", "choir.attain", "choir.json")
    assert result.code == 0
    assert result.out.index("Size") < result.out.index("Quality")
    document = json.loads(attain("nearest", "choir.attain", "choir.json", "--output-format", "json").out)
    assert [(each["target"], each["cost_exact"]["number"]) for each in document["designations"]] == [
        ("size", "160"),
        ("quality", "200"),
    ]


def test_a_designation_that_cannot_be_reached_stands_last_with_the_reason(attain: Attain) -> None:
    result = attain("nearest", "choir.attain", "choir.json", "--forbid", "invite", "--forbid", "gift")
    assert result.code == 0
    assert result.out.index("Quality") < result.out.index("Size")
    assert "`members` cannot be met by any change that is left" in result.out


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (["--forbid", "school(anna)"], "did you mean `ana`?"),
        (["--forbid", "school(ana, bo)"], "gives `school` 2 arguments"),
        (["--forbid", "school("], "names no change"),
        (["--forbid", "scool"], "there is no change `scool`"),
        (["--forbid", "*"], "write `*(ana)`"),
        (["--at-most", "school"], 'write how often, and what: `--at-most "3 school"`'),
        (["--survive", "Person"], "there is `Singer`"),
        (["--require", "invite", "--forbid", "invite"], "both required and forbidden"),
    ],
)
def test_a_limit_that_names_nothing_is_refused(attain: Attain, option: list[str], told: str) -> None:
    result = attain("plan", "choir.attain", "choir.json", "--for", "quality", *option)
    assert (result.code, result.out) == (2, "")
    assert told.replace("3 school", "3 certify") in result.err


def test_an_identifier_with_a_comma_stands_in_quotes(attain: Attain) -> None:
    result = attain("plan", "choir.attain", "choir.json", "--for", "quality", "--forbid", 'school("bo, sr.")')
    assert result.code == 1
    assert '- `school("bo, sr.")` forbidden' in result.out


def test_what_if_says_what_turns(attain: Attain) -> None:
    result = attain("what-if", "choir.attain", "choir.json", "school(ana)", "2 invite")
    assert result.code == 1
    assert "260 EUR, done on 2024-07-01" in result.out
    assert "Quality: not qualified → not qualified" in result.out
    assert "Size: not qualified → qualified" in result.out


def test_changes_that_cannot_be_made_are_refused(attain: Attain) -> None:
    assert attain("what-if", "choir.attain", "choir.json", "9 invite").code == 2


@pytest.mark.parametrize("mode", ["--closest", "--front", "--most", "--sensitivity"])
def test_what_is_saved_is_shown_again_as_it_was(attain: Attain, mode: str) -> None:
    asked = ["plan", "choir.attain", "choir.json", "--for", "quality", mode]
    now = attain(*asked).out
    assert attain(*asked, "--output-format", "json", "-o", "saved.json").out == ""
    assert attain("show", "saved.json").out == now


@pytest.mark.parametrize(
    ("changed", "told"),
    [("choir.attain", "the policy `choir.attain` is"), ("choir.json", "the facts `choir.json` are")],
)
def test_a_plan_is_out_of_date_when_policy_or_facts_change(
    attain: Attain, write: Write, tmp_path: Path, changed: str, told: str
) -> None:
    attain("plan", "choir.attain", "choir.json", "--output-format", "json", "-o", "plan.json")
    assert attain("show", "plan.json").code == 0
    write(
        changed, (tmp_path / changed).read_text(encoding="utf-8").replace("100 EUR", "101 EUR").replace("ana", "anne")
    )
    result = attain("show", "plan.json")
    assert (result.code, result.out) == (2, "")
    assert f"out of date: {told} not what it was made for" in result.err


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"kind": "plan"}', '{"kind": ["plan"]}', "[" * 5000])
def test_what_is_no_saved_answer_is_refused(attain: Attain, write: Write, text: str) -> None:
    write("saved.json", text)
    result = attain("show", "saved.json")
    assert (result.code, result.out) == (2, "")
    assert "`saved.json` is no saved answer" in result.err


def test_the_facts_after_a_plan_qualify(attain: Attain, tmp_path: Path) -> None:
    result = attain("plan", "choir.attain", "choir.json", "--show", "2", "--apply", "after")
    assert result.code == 0
    for name in ("facts.json", "facts-2.json"):
        assert attain("assess", "choir.attain", f"after/{name}").code == 0
    assert json.loads((tmp_path / "after" / "facts.json").read_text(encoding="utf-8"))["as_of"] == "2024-07-01"


def test_a_measure_that_is_raised_is_given_in_the_facts_after(attain: Attain, tmp_path: Path) -> None:
    asked = ["plan", "choir.attain", "choir.json", "--for", "size", "--forbid", "invite", "--apply", "after"]
    assert attain(*asked).code == 0
    assert json.loads((tmp_path / "after" / "facts.json").read_text(encoding="utf-8"))["given"] == {"members": 4}
    assert attain("assess", "choir.attain", "after/facts.json", "--rows", "none").out.count("QUALIFIED") == 2


def test_facts_after_a_plan_replace_nothing(attain: Attain, write: Write, tmp_path: Path) -> None:
    (tmp_path / "after").mkdir()
    write("after/facts.json", "mine")
    assert attain("plan", "choir.attain", "choir.json", "--apply", "after").code == 2
    assert (tmp_path / "after" / "facts.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (["school(ana)", "school(ana)"], "is named twice"),
        (["school(*)"], "leaves open which is meant; write its arguments, as in `school(Member:1)`"),
        (["school"], "leaves open which is meant"),
        (["invite*2"], "how often comes first: write `2 invite` for `invite*2`"),
        (["invite 2 times"], "how often comes first: write `2 invite`"),
        (["school(ana) = 2"], "how often comes first: write `2 school(ana)`"),
        (["invite", "2 invite"], "is named twice"),
    ],
)
def test_changes_in_mind_are_named_one_by_one(attain: Attain, changes: list[str], told: str) -> None:
    result = attain("what-if", "choir.attain", "choir.json", *changes)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


RENEWED = """\
policy guides "Guides"
  in force from 2023-01-01
record Licence
  expires date
designation guides "Guides"
  require one "A licence" some Licence x where x.expires on or after assessment date
change renew(x Licence) "Renew"
  sets x.expires to 2 years after plan date
  cost 90 EUR
  takes 1 month
"""


def test_the_facts_of_the_last_day_are_written_too(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("guides.attain", RENEWED)
    write("guides.json", '{"as_of": "2024-06-01", "facts": {"Licence": [{"expires": "2024-08-31"}]}}')
    result = attain("plan", "guides.attain", "guides.json", "--until", "2025-01-31", "--apply", "after")
    assert (result.code, "after/facts-until.json (as of 2025-01-31)" in result.err) == (0, True)
    days = {}
    for name in ("facts", "facts-until"):
        assert attain("assess", "guides.attain", f"after/{name}.json").code == 0
        days[name] = json.loads((tmp_path / "after" / f"{name}.json").read_text(encoding="utf-8"))["as_of"]
    assert (days["facts"] < days["facts-until"], days["facts-until"]) == (True, "2025-01-31")
    again = attain("plan", "guides.attain", "guides.json", "--until", "2025-01-31", "--apply", "after")
    assert (again.code, again.out) == (2, "")


HUT = """\
policy hut "Hut"
  in force from 2020-01-01
record Permit
  expires date
record Hut
  name text
  safe flag
designation open "Open"
  require permit "A permit" some Permit p where p.expires on or after assessment date
  require days "Days" (sum of (number of days from p.expires to assessment date) among Permit p) at most 900
change apply "Apply"
  when assessment date from 2024-03-01 to 2024-03-31
  adds Permit { expires: 6 months after plan date }
  takes 1 month
change mend(h Hut) by 1 to 3 "Mend {h.name} {n} times"
  when not (h.safe) and some Permit p where p.expires on or after assessment date
  sets h.safe to yes
  cost 100 EUR each
  takes 3 weeks each
"""


@pytest.mark.parametrize(
    ("day", "changes", "told"),
    [
        ("2024-01-01", ["mend(low)"], "`mend(low)` cannot be begun on 2024-01-01: `some Permit p where"),
        ("2024-01-01", ["mend(high)", "apply"], "there is no order in which all of them can be made"),
        ("2024-05-01", ["apply"], "`assessment date from 2024-03-01 to 2024-03-31` does not hold"),
        ("2024-01-01", ["7 mend(low)", "apply"], "`mend(low)` can be made 3 times at the most, not 7"),
    ],
)
def test_it_is_said_why_changes_cannot_be_made(
    attain: Attain, write: Write, day: str, changes: list[str], told: str
) -> None:
    write("hut.attain", HUT)
    huts = [{"name": "low", "safe": False}, {"name": "high", "safe": True}]
    write("hut.json", json.dumps({"as_of": day, "facts": {"Permit": [], "Hut": huts}}))
    result = attain("what-if", "hut.attain", "hut.json", *changes)
    assert result.code == 2
    assert told in " ".join(result.out.split())


def test_changes_in_mind_wait_for_one_another(attain: Attain, write: Write) -> None:
    write("hut.attain", HUT)
    write(
        "hut.json",
        json.dumps({"as_of": "2024-01-01", "facts": {"Permit": [], "Hut": [{"name": "low", "safe": False}]}}),
    )
    result = attain("what-if", "hut.attain", "hut.json", "2 mend(low)", "apply")
    assert result.code == 0
    assert "200 EUR, done on 2024-05-13" in result.out
