"""The server's answers are those of the commands; ticked changes are what a plan's steps are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from attain_engine.cli import main
from tests.serve.conftest import Client

ABOUT = {"policy": "club.attain", "facts": "facts/us.json"}
SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

Said = Callable[..., str]


@pytest.fixture
def said(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """What a command prints in the folder that is served."""

    def run(*arguments: str) -> str:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        main(list(arguments))
        return capsys.readouterr().out

    return run


def as_json(*arguments: str) -> tuple[str, ...]:
    return (*arguments, "--output-format", "json")


COMMANDS: Mapping[str, tuple[str, Mapping[str, Any], tuple[str, ...]]] = {
    "assess": ("assess", {}, as_json("assess", "club.attain", "facts/us.json")),
    "without rows": ("assess", {"rows": False}, as_json("assess", "club.attain", "facts/us.json", "--rows", "none")),
    "tables": ("assess", {"facts": "facts/tables"}, as_json("assess", "club.attain", "facts/tables")),
    "on another date": ("assess", {"as_of": "2024-05-01"},
                        as_json("assess", "club.attain", "facts/us.json", "--as-of", "2024-05-01")),
    "set": ("assess", {"sets": ["hours=12.5"]},
            as_json("assess", "club.attain", "facts/us.json", "--set", "hours=12.5")),
    "read otherwise": ("assess", {"readings": {"counting": "anybody"}},
                       as_json("assess", "club.attain", "facts/us.json", "--reading", "counting=anybody")),
    "only what is set": ("assess", {"facts": None, "as_of": "2024-06-30", "sets": ["trained=3"]},
                         as_json("assess", "club.attain", "--as-of", "2024-06-30", "--set", "trained=3")),
    "importing": ("assess", {"policy": "importing.attain", "facts": None, "as_of": "2024-06-30"},
                  as_json("assess", "importing.attain", "--as-of", "2024-06-30")),
    "why a name": ("why", {"name": "club.trained"}, as_json("why", "club.attain", "facts/us.json", "club.trained")),
    "why a row": ("why", {"name": "Helper:2", "every": True},
                  as_json("why", "club.attain", "facts/us.json", "Helper:2", "--all")),
    "plan": ("plan", {"targets": ["club"]}, as_json("plan", "club.attain", "facts/us.json", "--for", "club")),
    "tier": ("plan", {"targets": ["helpers:small"]},
             as_json("plan", "club.attain", "facts/us.json", "--for", "helpers:small")),
    "limits": ("plan", {"targets": ["club"], "budget": "400.50", "forbid": ["refresh"], "require": ["train"],
                        "minimize": ["changes"], "by": "2024-12-31", "show": 2},
               as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--budget", "400.50", "--forbid",
                       "refresh", "--require", "train", "--minimize", "changes", "--by", "2024-12-31", "--show", "2")),
    "closest": ("plan", {"targets": ["helpers:large"], "question": "closest"},
                as_json("plan", "club.attain", "facts/us.json", "--for", "helpers:large", "--closest")),
    "front": ("plan", {"targets": ["club"], "question": "front"},
              as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--front")),
    "most": ("plan", {"targets": ["club", "helpers:large"], "question": "most"},
             as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--for", "helpers:large", "--most")),
    "sensitivity": ("plan", {"targets": ["club"], "question": "sensitivity"},
                    as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--sensitivity")),
    "until": ("plan", {"targets": ["club"], "until": "2024-08-31"},
              as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--until", "2024-08-31")),
    "so often": ("plan", {"targets": ["club"], "at_most": ["1 train"], "most_changes": 5},
                 as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--at-most", "1 train",
                         "--most-changes", "5")),
    "whoever is lost": ("plan", {"targets": ["helpers:small"], "survive": ["Person"]},
                        as_json("plan", "club.attain", "facts/us.json", "--for", "helpers:small", "--survive",
                                "Person")),
    "alike": ("plan", {"targets": ["club"], "show": 2, "alike": True},
              as_json("plan", "club.attain", "facts/us.json", "--for", "club", "--show", "2", "--alike")),
    "no plan": ("plan", {"targets": ["helpers:large"]},
                as_json("plan", "club.attain", "facts/us.json", "--for", "helpers:large")),
}  # fmt: skip


@pytest.mark.parametrize("case", COMMANDS)
def test_an_answer_is_that_of_the_command(case: str, server: Client, said: Said) -> None:
    route, more, command = COMMANDS[case]
    answer = server.ask(f"/api/{route}", {**ABOUT, **more})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    told = said(*command)
    if route == "plan":  # a command says what files it was given
        assert answer.json == {**json.loads(told), "asked": None}
    else:
        assert answer.text == told


@pytest.mark.parametrize(
    ("route", "command"),
    [
        ("check", as_json("check", "club.attain")),
        ("contents", as_json("list", "club.attain")),
        ("schema", ("schema", "club.attain")),
    ],
)
def test_what_is_said_of_a_policy_is_what_the_command_says(
    route: str, command: tuple[str, ...], server: Client, said: Said
) -> None:
    assert server.get(f"/api/{route}?policy=club.attain").text == said(*command)


def test_mistakes_of_a_policy_are_an_answer_to_check(server: Client, said: Said) -> None:
    answer = server.get("/api/check?policy=broken.attain")
    assert answer.status == 200
    assert answer.text == said("check", "broken.attain", "--output-format", "json")
    assert answer.json["summary"]["errors"] == 1


@pytest.mark.parametrize("plan", [True, False])
def test_a_report_is_that_of_the_command(plan: bool, server: Client, said: Said, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    said("report", "club.attain", "facts/us.json", "-o", str(path), *(() if plan else ("--no-plan",)))
    answer = server.ask("/api/report", {**ABOUT, "plan": plan})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == path.read_text(encoding="utf-8")


# ------------------------------------------------------------ levers


def levers(server: Client, **more: Any) -> Any:
    answer = server.ask("/api/levers", {**ABOUT, **more})
    assert answer.status == 200
    jsonschema.validate(answer.json, json.loads((SCHEMAS / "levers.json").read_text(encoding="utf-8")))
    return answer.json


def test_a_measure_is_a_lever_with_its_value_its_bounds_and_a_range(server: Client) -> None:
    trained, hours = levers(server)["measures"]
    assert (trained["setting"], trained["value_exact"]["number"], trained["form"]) == ("trained", "1", "count")
    assert (trained["least"], trained["most"], trained["direct"], trained["given"]) == ("0", "50", True, False)
    assert int(trained["low"]) <= 1 < 10 < int(trained["high"]) <= 50
    assert (hours["form"], hours["value"]) == ("number", "4")
    assert levers(server, sets=["hours=7"])["measures"][1]["given"] is True


def test_a_part_that_is_called_like_a_measure_makes_it_no_lever_of_the_rules(server: Client, folder: Path) -> None:
    path = folder / "alike.attain"
    path.write_text(ALIKE, encoding="utf-8")
    try:
        asked = {"policy": "alike.attain", "as_of": "2024-06-30", "sets": ["size.big=1", "shown=1", "wide=2"]}
        found = server.ask("/api/levers", asked).json["measures"]
        assert {each["call"]: each["direct"] for each in found} == {"shown": True, "wide": True, "size(big)": False}
        assert {each["call"]: each["high"] for each in found}["wide"] == "60"
    finally:
        path.unlink()


ALIKE = """\
policy alike "Alike"

enum Kind "Kinds"
  big  "Big"

measure size(k Kind) count 0 to 9
  0

measure shown count 0 to 9
  size(big)

measure wide count 0 to 99
  0

score points out of 10
  part size "Size" up to 10
    in proportion to shown full at 3

designation alike "Alike"
  require all "Points" each part of points more than 0
  require sum "Both" shown + size(big) at least 1
  require wide "Wide" wide at least 40
"""


def test_each_setting_of_a_lever_can_be_set(server: Client) -> None:
    for each in levers(server)["measures"]:
        moved = server.ask("/api/assess", {**ABOUT, "sets": [f"{each['setting']}={each['high']}"]})
        assert moved.status == 200


def test_changes_that_are_possible_are_levers(server: Client) -> None:
    found = levers(server)
    texts = [each["text"] for each in found["changes"]]
    assert texts[:4] == ["Train cy", "Train dee", "Train eve", "Work … hours"]
    assert found["found"] == len(texts) == 8
    train, work = found["changes"][0], found["changes"][3]
    assert (train["amount"], train["most"], train["cost"], train["takes"]) == (False, 1, "90 EUR", "1 month")
    assert (work["amount"], work["least"], work["most"], work["cost"]) == (True, 1, 40, "5 EUR each")
    assert train["arguments"] == {"o": "Offer row 1 (us.json)"}


def test_levers_are_searched_and_counted(server: Client) -> None:
    found = levers(server, search="TRAIN e", most=1)
    assert ([each["text"] for each in found["changes"]], found["found"]) == (["Train dee"], 2)
    assert levers(server, search="nobody")["changes"] == []


# ------------------------------------------------------------ steps

TRAIN = [{"change": "train", "arguments": {"o": f"Offer:{number}"}} for number in (2, 3)]
WORK = {"change": "work", "units": 6}


def test_what_a_plan_proposes_can_be_ticked_and_comes_to_what_the_plan_says(server: Client) -> None:
    plan = server.ask("/api/plan", {**ABOUT, "targets": ["club"]}).json
    (one,) = plan["plans"]
    steps = [{name: each[name] for name in ("change", "arguments", "units")} for each in one["steps"]]
    answer = server.ask("/page/answer", {**ABOUT, "steps": steps}).json
    club = answer["assessment"]["designations"][0]
    assert (club["verdict"], answer["made"]["cost"]) == ("met", one["cost"])
    assert answer["made"]["ready"] == one["ready"]
    for left_out in range(len(steps)):
        fewer = [each for index, each in enumerate(steps) if index != left_out]
        less = server.ask("/api/assess", {**ABOUT, "steps": fewer}).json
        assert less["designations"][0]["verdict"] == "failed"


def test_steps_are_the_same_as_the_facts_after_them(server: Client, folder: Path) -> None:
    facts = json.loads((folder / "facts" / "us.json").read_text(encoding="utf-8"))
    facts["facts"]["Helper"] += [{"person": each, "trained": "2024-07-30"} for each in ("dee", "eve")]
    facts["as_of"] = "2024-07-30"
    held = json.dumps(facts).encode()
    upload = server("POST", "/api/uploads?name=after.json", held).json["upload"]
    after = server.ask("/api/assess", {"policy": "club.attain", "upload": upload, "rows": False}).json
    ticked = server.ask("/api/assess", {**ABOUT, "steps": TRAIN, "rows": False}).json
    assert {**ticked, "organisation": ""} == {**after, "organisation": ""}


def test_what_lapses_before_ticked_changes_are_done_does_not_count(server: Client, folder: Path) -> None:
    path = folder / "facts" / "lapsing.json"
    text = (folder / "facts" / "us.json").read_text(encoding="utf-8")
    path.write_text(text.replace("2024-01-10", "2022-07-10"), encoding="utf-8")  # counts to 2024-07-10
    try:
        asked = {**ABOUT, "facts": "facts/lapsing.json"}
        given: list[dict[str, Any]] = [
            {},
            {"day": "2024-07-30"},
            {"steps": TRAIN},
            {"steps": TRAIN[:1], "day": "2024-08-15"},
        ]
        found = [server.ask("/api/assess", {**asked, **each}).json for each in given]
        values = [next(one["value"] for one in each["measures"] if one["call"] == "trained") for each in found]
        assert [each["as_of"] for each in found] == ["2024-06-30", "2024-07-30", "2024-07-30", "2024-08-15"]
        assert values == ["1", "0", "2", "1"]
        page = server.ask("/page/answer", {**asked, "steps": TRAIN}).json
        assert (page["made"]["ready"], page["assessment"]["as_of"]) == ("2024-07-30", "2024-07-30")
    finally:
        path.unlink()


def test_a_step_begins_when_it_is_said_to_and_what_it_makes_possible_comes_after_it(
    server: Client, folder: Path
) -> None:
    path = folder / "ordered.attain"
    path.write_text(ORDERED, encoding="utf-8")
    try:
        asked = {"policy": "ordered.attain", "as_of": "2024-01-31", "sets": ["built=0", "opened=0"]}
        build, start = {"change": "build"}, {"change": "start"}

        def asked_with(*steps: Any) -> Any:
            return server.ask("/api/assess", {**asked, "steps": steps})

        assert "`start` is not possible on these facts" in asked_with(start).json["detail"]
        assert "`start` is not possible on these facts" in asked_with(start, build).json["detail"]
        later = {**start, "start": "2024-02-29"}
        found = asked_with(later, build).json
        assert (found["verdict"], found["as_of"]) == ("met", "2024-03-10")
        early = {**start, "start": "2024-02-28"}
        assert asked_with(early, build).status == 422
        before = asked_with({**build, "start": "2024-01-30"}).json
        assert "begins on 2024-01-30, before the assessment date" in before["detail"]
        (plan,) = server.ask("/api/plan", asked).json["plans"]
        steps = [{name: each[name] for name in ("change", "arguments", "units", "start")} for each in plan["steps"]]
        ticked = asked_with(*reversed(steps)).json
        assert (ticked["verdict"], ticked["as_of"]) == ("met", plan["ready"])
    finally:
        path.unlink()


ORDERED = """\
policy ordered "Ordered"

measure built count 0 to 9 "Built"
  0

measure opened count 0 to 9 "Opened"
  0

designation ordered "Ordered"
  require open "Open" opened at least 1

change start "Open it"
  when built at least 1
  raises opened by 1
  cost 1 EUR
  takes 10 days

change build "Build it"
  raises built by 1
  cost 1 EUR
  takes 1 month
"""


def test_a_plan_makes_what_is_ticked_and_is_the_least_that_does(server: Client) -> None:
    free = server.ask("/api/plan", {**ABOUT, "targets": ["club"]}).json["plans"][0]
    kept = server.ask("/api/plan", {**ABOUT, "targets": ["club"], "steps": [{**WORK, "units": 8}]}).json["plans"][0]
    assert {each["change"]: each["units"] for each in kept["steps"]}["work"] == 8
    assert int(kept["cost_exact"]["number"]) - int(free["cost_exact"]["number"]) == 10


REFUSED = {
    "no such change": ([{"change": "hire"}], "there is no change `hire`"),
    "no such argument": ([{"change": "train", "arguments": {"o": "Offer:9"}}], "is not possible on these facts"),
    "arguments left out": ([{"change": "train"}], "is not possible on these facts"),
    "too often": ([{"change": "work", "units": 41}], "can be made 40 times at the most"),
    "twice": ([WORK, WORK], "is made twice"),
    "above the limit of the change": (
        [{"change": "train", "arguments": {"o": f"Offer:{number}"}} for number in (1, 2, 3)],
        "these changes cannot be made together",
    ),
    "two values for a field": (
        [{"change": name, "arguments": {"h": "Helper:1"}} for name in ("refresh", "predate")],
        "these changes cannot be made together: `refresh`",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("route", ["assess", "plan"])
def test_steps_that_cannot_be_made_are_refused(case: str, route: str, server: Client) -> None:
    steps, message = REFUSED[case]
    answer = server.ask(f"/api/{route}", {**ABOUT, "steps": steps})
    assert (answer.status, answer.json["code"]) == (422, "asked-wrongly")
    assert message in answer.json["detail"]


def test_a_report_of_the_facts_after_steps_says_so_and_has_no_plan(server: Client) -> None:
    page = server.ask("/api/report", {**ABOUT, "steps": [WORK]}).text
    assert "our club, 1 change made" in page
    assert 'id="plan"' not in page
    assert server.ask("/api/report", {**ABOUT, "steps": [WORK], "plan": True}).status == 422


def test_why_speaks_of_the_facts_after_steps(server: Client) -> None:
    line = server.ask("/api/why", {**ABOUT, "name": "club.hours", "steps": [WORK]}).json["lines"][0]
    assert line["verdict"] == "met"


# ------------------------------------------------------------ what has no answer


def problem(server: Client, route: str, **more: Any) -> Any:
    answer = server.ask(route, {**ABOUT, **more})
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json
    jsonschema.validate(found, json.loads((SCHEMAS / "problem.json").read_text(encoding="utf-8")))
    assert found["status"] == answer.status
    return found


def test_mistakes_in_a_policy_come_with_place_and_help(server: Client) -> None:
    found = problem(server, "/api/assess", policy="broken.attain")
    assert (found["status"], found["code"]) == (422, "policy-mistakes")
    (mistake,) = found["diagnostics"]
    assert (mistake["path"], mistake["start"]["line"], mistake["code"]) == ("broken.attain", 4, "unknown-name")


def test_mistakes_in_facts_come_with_row_and_field(server: Client) -> None:
    found = problem(server, "/api/plan", facts="facts/wrong.json")
    assert (found["status"], found["code"], found["facts_problems_found"]) == (422, "facts-mistakes", 1)
    (mistake,) = found["facts_problems"]
    assert (mistake["table"], mistake["row"], mistake["field"]) == ("Helper", 1, "trained")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"sets": ["nothing=1"]}, "facts-mistakes"),
        ({"readings": {"counting": "nobody"}}, "asked-wrongly"),
        ({"readings": {"nothing": "nobody"}}, "asked-wrongly"),
        ({"facts": None}, "asked-wrongly"),
        ({"as_of": "2020-01-01"}, "not-in-force"),
        ({"as_of": "soon"}, "unreadable-question"),
        ({"nothing": 1}, "unreadable-question"),
        ({"upload": "there is none", "facts": None}, "no-such-upload"),
        ({"upload": "both"}, "unreadable-question"),
        ({"sets": ["x=1"] * 501}, "unreadable-question"),
        ({"sets": ["x" * 301]}, "unreadable-question"),
    ],
)
def test_a_question_without_an_answer_says_why(more: dict[str, Any], code: str, server: Client) -> None:
    assert problem(server, "/api/assess", **more)["code"] == code


@pytest.mark.parametrize(
    "more",
    [
        {"targets": ["nothing"]},
        {"targets": ["helpers:huge"]},
        {"forbid": ["nothing"]},
        {"forbid": ["work"], "require": ["work"]},
        {"by": "2024-01-01"},
        {"until": "2024-01-01"},
        {"at_most": ["train"]},
        {"at_most": ["1 nothing"]},
        {"survive": ["Nobody"]},
        {"minimize": ["cost", "cost"]},
    ],
)
def test_a_plan_that_cannot_be_asked_for_says_why(more: dict[str, Any], server: Client) -> None:
    assert problem(server, "/api/plan", **more)["code"] == "asked-wrongly"


@pytest.mark.parametrize("budget", ["1e9", "-1", "1,5", "", "nan", "1" * 31])
def test_a_budget_is_a_plain_number(budget: str, server: Client) -> None:
    assert problem(server, "/api/plan", budget=budget)["code"] == "unreadable-question"


def test_a_name_that_nothing_has_is_told(server: Client) -> None:
    assert "nothing that the designations rest on is called" in problem(server, "/api/why", name="xyz")["detail"]
    assert "there is no row 9" in problem(server, "/api/why", name="Helper:9")["detail"]


def test_a_file_that_changes_is_read_anew(server: Client, folder: Path) -> None:
    policy, facts = folder / "moving.attain", folder / "moving.json"
    policy.write_text(CHANGING, encoding="utf-8")
    facts.write_text('{"as_of": "2024-06-30", "given": {"size": 3}}', encoding="utf-8")
    try:
        asked = {"policy": "moving.attain", "facts": "moving.json"}
        assert server.ask("/api/assess", asked).json["verdict"] == "met"
        facts.write_text('{"as_of": "2024-06-30", "given": {"size": 2}}   ', encoding="utf-8")
        assert server.ask("/api/assess", asked).json["verdict"] == "failed"
        policy.write_text(CHANGING.replace("at least 3", "at least 2 "), encoding="utf-8")
        assert server.ask("/api/assess", asked).json["verdict"] == "met"
    finally:
        policy.unlink()
        facts.unlink()


CHANGING = """\
policy moving "Moving"

measure size count 0 to 9
  0

designation moving "Moving"
  require size "Three" size at least 3
"""
