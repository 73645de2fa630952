"""Every two options of `attain plan`: they work together, or are refused as `docs/questions.md` says."""

from __future__ import annotations

import inspect
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from attain_engine.cli.application import application
from tests.seeds import of_each

POLICY = """\
policy choir "Choir"
  in force from 2020-01-01
entity Singer
record Member
  singer Singer
  trained flag default no
designation quality "Quality"
  require trained "Trained" (count of Member m where m.trained) at least 3
change school(m Member) "School {m.singer}"
  when not (m.trained)
  sets m.trained to yes
  cost 100 EUR
  takes 6 months
change coach(m Member) "Coach {m.singer}"
  when not (m.trained)
  sets m.trained to yes
  cost 300 EUR
  takes 2 weeks
change invite by 1 to 3 "Invite {n}"
  adds Member { singer: new Singer, trained: yes }
  cost 250 EUR each
  takes 1 week
"""
OTHER = """\
policy hall "Hall"
  in force from 2020-01-01
designation hall "Hall"
  require open "Open" assessment date on or after 2020-01-01
"""
FACTS = {
    "organisation": "ours",
    "as_of": "2024-01-01",
    "facts": {"Member": [{"singer": "ana", "trained": True}, {"singer": "bo"}, {"singer": "cy"}]},
}

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "--by": ("--by", "2024-12-01"),
    "--until": ("--until", "2025-03-31"),
    "--forbid": ("--forbid", "coach(bo)"),
    "--require": ("--require", "invite"),
    "--at-most": ("--at-most", "1 *(bo)"),
    "--most-changes": ("--most-changes", "2"),
    "--budget": ("--budget", "700"),
    "--survive": ("--survive", "Singer"),
    "--minimize": ("--minimize", "time"),
    "--with": ("--with", "hall.attain"),
    "--names": ("--names",),
    "--show": ("--show", "2"),
    "--alike": ("--show", "2", "--alike"),
    "--closest": ("--closest",),
    "--front": ("--front",),
    "--most": ("--most",),
    "--sensitivity": ("--sensitivity",),
    "--apply": ("--apply", "after"),
    "--each": ("--each", "folder"),
}
PAGE = Path(__file__).parents[2] / "docs/questions.md"


def refused() -> set[frozenset[str]]:
    """The pairs that the page says are refused."""
    table = PAGE.read_text(encoding="utf-8").partition("## What goes together")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(--[a-z-]+)` \| (.*) \|$", table, re.MULTILINE)
    others = {"everything else": sorted(OPTIONS)}
    return {
        frozenset((option, other))
        for option, named in rows
        for each in named.split(", ")
        for other in others.get(each, [each.strip("`")])
        if other != option
    }


PAIRS = [frozenset(each) for each in itertools.combinations(OPTIONS, 2)]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("choir.attain").write_text(POLICY, encoding="utf-8")
    Path("hall.attain").write_text(OTHER, encoding="utf-8")
    Path("choir.json").write_text(json.dumps(FACTS), encoding="utf-8")
    Path("folder").mkdir()


def asked(pair: frozenset[str]) -> Result:
    options = [word for name in OPTIONS if name in pair for word in OPTIONS[name]]
    facts = [] if "--each" in pair else ["choir.json"]
    more = [] if "--each" in pair else ["--output-format", "json"]
    apart: Any = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}  # Click 8.1
    return CliRunner(**apart).invoke(application, ["plan", "choir.attain", *facts, *options, *more])


def test_the_page_names_no_option_that_there_is_not() -> None:
    assert {each for pair in refused() for each in pair} <= set(OPTIONS)
    assert len(refused()) > 20


@of_each(PAIRS, name="pair", at_a_time=12)
def test_two_options_work_together_or_are_refused(pair: frozenset[str], tmp_path: Path) -> None:
    for each in (tmp_path / "after").glob("*"):
        each.unlink()
    result = asked(pair)
    if pair in refused():
        assert result.exit_code == 2, result.output
        (told,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
        assert all(f"`{each}`" in told for each in pair if "--each" not in pair), told
        return
    assert result.exit_code == 0, (result.output, result.stderr)
    answer = json.loads(result.stdout)
    assert all(each["status"] == "proved" for each in whole(answer))
    found = list(plans(answer))
    assert found
    for option in pair & HOLDS.keys():
        for one in found:
            assert HOLDS[option](one), (option, one)
    for option in pair & SAID.keys():
        assert SAID[option](answer), option


def plans(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every plan in an answer."""
    several = answer["plans"] if answer["kind"] in ("plan", "front") else [answer["plan"]]
    for each in several:
        yield from each.get("plans", [each])


def _units(one: dict[str, Any], change: str) -> int:
    return sum(step["units"] for step in one["steps"] if step["change"] == change)


def _of(one: dict[str, Any], row: int) -> int:
    return sum(f"Member row {row} " in f"{each} " for step in one["steps"] for each in step["arguments"].values())


HOLDS: Mapping[str, Callable[[dict[str, Any]], bool]] = {
    "--by": lambda one: one["ready"] <= "2024-12-01",
    "--forbid": lambda one: not any(step["change"] == "coach" and "bo" in step["text"] for step in one["steps"]),
    "--require": lambda one: _units(one, "invite") > 0,
    "--at-most": lambda one: _of(one, 2) <= 1,
    "--most-changes": lambda one: one["changes"] <= 2,
    "--budget": lambda one: Fraction(one["cost_exact"]["number"]) <= 700,
    "--survive": lambda one: sum(step["units"] for step in one["steps"]) >= 3,
}
"""What is true of each plan that an option limits."""

SAID: Mapping[str, Callable[[dict[str, Any]], bool]] = {
    "--minimize": lambda answer: answer.get("plan", answer)["minimize"][0] == "time",
    "--until": lambda answer: all(each["until"] == "2025-03-31" for each in whole(answer)),
    "--show": lambda answer: len(answer["plans"]) == 2,
    "--alike": lambda answer: len(answer["plans"]) == 2,
    "--closest": lambda answer: answer["kind"] == "closest",
    "--front": lambda answer: answer["kind"] == "front",
    "--most": lambda answer: answer["kind"] == "most",
    "--sensitivity": lambda answer: answer["kind"] == "sensitivity",
    "--with": lambda answer: all(set(each["targets"]) == {"quality", "hall"} for each in whole(answer)),
    "--apply": lambda answer: (
        Path("after/facts.json").exists() and Path("after/facts-until.json").exists() is (answer["until"] is not None)
    ),
}
"""What an answer shows of an option."""


def whole(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The plans with what was asked of them."""
    if answer["kind"] == "front":
        return list(answer["plans"])
    return [answer.get("plan", answer)]
