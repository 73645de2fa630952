"""Which changes to a policy its examples notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attain_compiler.source import SourceFile
from attain_engine.check.mutate import mutants
from attain_engine.check.survivors import explanations
from tests.cli.conftest import Attain, Write, attain, write

__all__ = ["attain", "write"]

POLICY = """\
policy grant "Small grant of 5"

measure members count "Members"  # at least 3
  3

designation grant "Small grant"
  require members "Ten members" members at least 10
    source "10 or more"
"""

EXAMPLES = """
example "ten are enough"
  given members = 10
  expect grant is met

example "nine are not"
  given members = 9
  expect grant is failed
"""

THREE = '[[survivor]]\npolicy = "grant"\nline = "3"\nbecause = "both examples give the members"\n'


def test_numbers_comparators_and_lines_are_changed_and_nothing_in_texts() -> None:
    found = mutants(SourceFile("grant.attain", POLICY + EXAMPLES))
    assert [(each.declaration, each.change) for each in found] == [
        ("measure members", "3 -> 4"),
        ("measure members", "3 -> 2"),
        ("designation grant", "at least -> more than"),
        ("designation grant", "at least -> at most"),
        ("designation grant", "10 -> 11"),
        ("designation grant", "10 -> 9"),
        ("measure members", "left out"),
        ("designation grant", "left out"),
    ]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("  d on or before 2024-12-31\n", ["earlier than", "later than", "2025-01-01", "2024-12-30"]),
        ("  m is 2024-12\n", ["is not", "2025-01", "2024-11"]),
        ("  all of a, b\n", ["any of"]),
        ("  some x in ys where x and not b\n", ["no", "or"]),
    ],
)
def test_each_word_of_the_language_has_its_neighbours(text: str, changes: list[str]) -> None:
    found = mutants(SourceFile("a.attain", f"define a\n{text}"))
    assert [each.instead for each in found if each.instead] == changes


def test_what_would_only_let_in_more_facts_is_left_alone() -> None:
    text = """policy a "A"
  in force from 2020-01-01

record R "R"
  n  money EUR -5 EUR to 1_000 EUR default 3 EUR
  p  percent 0.5% to 100%  # 2 to 3
  unique p

measure m count 1 to 5 "M"
  2
"""
    changes = [each.change for each in mutants(SourceFile("a.attain", text)) if each.instead]
    bounds = ["-5 -> -4", "1_000 -> 999", "3 -> 4", "3 -> 2", "0.5 -> 1.5", "100 -> 99"]
    assert changes == [*bounds, "1 -> 2", "5 -> 4", "2 -> 3", "2 -> 1"]
    lines = [each.line.split()[0] for each in mutants(SourceFile("a.attain", text)) if not each.instead]
    assert lines == ["n", "p", "2"]


def test_what_no_example_notices_is_shown_where_it_is(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + EXAMPLES)
    result = attain("test", "--mutate", "--output-format", "json")
    assert result.code == 1
    found = json.loads(result.out)["diagnostics"]
    assert [(each["code"], each["start"]["line"], each["start"]["column"]) for each in found] == [
        ("mutant-survives", 4, 3),
        ("mutant-survives", 4, 3),
    ]
    assert result.err.endswith("6 of 8 mutants noticed (75.0 %), 2 survive, 0 of them explained\n")


def test_what_is_explained_may_survive(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + EXAMPLES)
    write("survivors.toml", THREE)
    result = attain("test", "--mutate")
    assert (result.code, result.out) == (0, "")
    assert "2 of them explained" in result.err


def test_lines_are_named_as_they_stand_whatever_their_blanks() -> None:
    text = '[[survivor]]\npolicy = "grant"\nlines = ["3", "measure  m  count 0 to 9"]\nbecause = "b"\n'
    (known,) = explanations(text)
    found = mutants(SourceFile("grant.attain", "measure m   count 0 to 9\n  3\n\ndefine d\n  33\n"))
    assert [each.line for each in found if known.explains(each)] == [*["measure m   count 0 to 9"] * 2, "3", "3", "3"]
    with pytest.raises(ValueError, match="is a list of lines"):
        explanations('[[survivor]]\npolicy = "grant"\nlines = "3"\nbecause = "b"\n')


def test_an_explanation_of_nothing_is_told(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + EXAMPLES)
    write("why.toml", THREE + THREE.replace('"3"', '"4"'))
    result = attain("test", "--mutate", "--survivors", "why.toml")
    assert result.code == 1
    assert "explains nothing: grant: .*: 4: .*" in result.err


def test_examples_beside_the_policy_look_on(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY)
    write("examples.attain", 'policy examples "Examples"\n\nimport grant\n' + EXAMPLES)
    assert "6 of 8 mutants noticed" in attain("test", "grant.attain", "--mutate").err


def test_several_processes_find_the_same(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + EXAMPLES)
    alone, together = (attain("test", "--mutate", "--processes", each) for each in ("1", "2"))
    assert (alone.out, alone.err) == (together.out, together.err)


def test_examples_that_fail_as_it_is_come_first(attain: Attain, write: Write) -> None:
    write("grant.attain", POLICY + EXAMPLES.replace("= 9", "= 11"))
    result = attain("test", "--mutate")
    assert result.code == 1
    assert "mutants" not in result.err


@pytest.mark.parametrize(
    "text", ["[[survivor", "survivor = 1", '[[survivor]]\npolicy = "a"', THREE.replace('"3"', '"("'), THREE + "x = 1"]
)
def test_what_is_no_file_of_survivors_is_wrong_usage(attain: Attain, write: Write, text: str) -> None:
    with pytest.raises(ValueError):
        explanations(text)
    write("grant.attain", POLICY + EXAMPLES)
    write("why.toml", text)
    result = attain("test", "--mutate", "--survivors", "why.toml")
    assert result.code == 2
    assert "`why.toml` is no file of survivors" in result.err


def test_the_summary_has_the_figures(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("grant.attain", POLICY + EXAMPLES)
    attain("test", "--mutate", "--summary", "s.md")
    assert "6 of 8 mutants noticed (75.0 %)" in (tmp_path / "s.md").read_text(encoding="utf-8")
