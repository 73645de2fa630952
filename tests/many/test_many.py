"""One question of many organisations."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from attain_engine.api import load_policy
from attain_engine.many import Asked, Edition, each_organisation
from tests.cli.conftest import Attain, Write

POLICY = """policy club "Club"

measure members count 0 to 1_000
  0

measure juniors count 0 to 1_000
  0

score size out of 10
  part members "Members" up to 10  in proportion to members full at 100

designation club "Club"
  tier small "Small"
    require members "Ten members" members at least 10
  tier large "Large"
    require many "Fifty members" members at least 50
    require juniors "Five juniors" juniors at least 5

change win by 1 to 100 "Win {n}"
  raises members by 1
  cost 3 EUR each
"""


def facts(name: str, members: int) -> str:
    given = {"members": members, "juniors": 9}
    return json.dumps({"organisation": name, "as_of": "2024-01-01", "facts": {}, "given": given})


@pytest.fixture
def clubs(write: Write) -> None:
    write("club.attain", POLICY)
    for name, members in (("ash", 5), ("birch", 12), ("cedar", 60)):
        write(f"clubs/{name}.json", facts(name, members))
    write("clubs/elm.json", "{ no JSON")
    write("clubs/notes.txt", "left aside")


@pytest.mark.usefixtures("clubs")
def test_each_organisation_is_a_row_and_so_is_what_fails(attain: Attain) -> None:
    result = attain("assess", "club.attain", "--each", "clubs", "--output-format", "csv", "--processes", "1")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [(each["facts"], each["verdict"], each["award"]) for each in rows] == [
        ("ash.json", "failed", ""),
        ("birch.json", "met", "small"),
        ("cedar.json", "met", "large"),
        ("elm.json", "", ""),
    ]
    assert rows[3]["problem"] != ""
    assert (result.code, result.err) == (2, "4 organisations: 1 failed, 2 met, 1 no answer\n")


@pytest.mark.usefixtures("clubs")
def test_plans_of_many_organisations(attain: Attain) -> None:
    result = attain("plan", "club.attain", "--each", "clubs", "--output-format", "json", "--processes", "1")
    rows = json.loads(result.out)["rows"]
    assert [(each["status"], each["cost"]) for each in rows[:3]] == [
        ("proved", "15 EUR"),
        ("proved", "114 EUR"),
        ("qualified", ""),
    ]


@pytest.mark.usefixtures("clubs")
def test_who_gains_and_who_loses(attain: Attain, write: Write) -> None:
    write("after.attain", POLICY.replace("members at least 10", "members at least 13").replace("least 50", "least 61"))
    result = attain("diff", "club.attain", "after.attain", "--facts", "clubs", "--output-format", "json")
    assert result.code == 2, "one has no answer"
    rows = json.loads(result.out)["rows"]
    assert [(each["facts"], each["effect"], each["base"], each["head"]) for each in rows[:3]] == [
        ("ash.json", "same", "not met", "not met"),
        ("birch.json", "loses", "small", "not met"),
        ("cedar.json", "loses", "large", "small"),
    ]
    back = attain("diff", "after.attain", "club.attain", "--facts", "clubs")
    assert "birch.json  birch         club         gains" in back.out


def test_processes_answer_as_one_does(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(facts(str(number), number * 9), "utf-8")
    asked = Asked((Edition.of(program),))
    assert list(each_organisation(asked, paths, 2)) == list(each_organisation(asked, paths, 1))


def test_a_folder_without_facts_is_told(attain: Attain, write: Write) -> None:
    write("club.attain", POLICY)
    write("clubs/notes.txt", "nothing")
    result = attain("assess", "club.attain", "--each", "clubs")
    assert result.code == 2
    assert "there are no facts in `clubs`" in result.err


@pytest.mark.usefixtures("clubs")
def test_whose_cheapest_plan_gets_dearer(attain: Attain, write: Write) -> None:
    write("after.attain", POLICY.replace("members at least 10", "members at least 13"))
    rows = effects_of(attain, "club.attain", "after.attain")
    assert rows["ash.json"] == ("dearer", "15 EUR", "24 EUR", "9 EUR")
    assert rows["birch.json"] == ("cheaper", "114 EUR", "3 EUR", "111 EUR")
    assert rows["cedar.json"] == ("same", "qualified", "qualified", "")
    assert rows["elm.json"][0] == "fails"
    write(
        "never.attain",
        POLICY.replace("juniors at least 5", "juniors at least 10").replace(
            "members at least 10", "juniors at least 10"
        ),
    )
    assert effects_of(attain, "club.attain", "never.attain")["ash.json"][0] == "loses"
    assert effects_of(attain, "never.attain", "club.attain")["ash.json"][0] == "gains"
    write("dollars.attain", POLICY.replace("EUR", "USD"))
    assert effects_of(attain, "club.attain", "dollars.attain")["ash.json"][0] == "changes"


def effects_of(attain: Attain, base: str, head: str) -> dict[str, tuple[str, str, str, str]]:
    """What becomes of the cheapest plan of each."""
    result = attain("diff", base, head, "--facts", "clubs", "--plans", "--output-format", "csv", "--processes", "1")
    rows = csv.DictReader(io.StringIO(result.out))
    found = {each["facts"]: each for each in rows if each["designation"] == "cheapest plan"}
    return {name: (each["effect"], each["base"], each["head"], each["cost"]) for name, each in found.items()}
