"""Quantifiers over what is imported run over all of it, and facts may call what is imported as the policy calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import assess, load_facts, load_policy
from tests.regressions.asked import ON

LIBRARY = """\
library {name} "{name}"

enum Kind {{ red, {other} }}
entity Person

record Cert
  holder  Person
  kind    Kind

measure total(k Kind) count 0 to 100
  count of Cert c where c.kind is k

define kept(p Person, k Kind)
  some Cert c where c.holder is p and c.kind is k
"""
POLICY = """\
policy tried "Tried"
  in force from 2000-01-01

import plants as p
import birds as b

designation plants_all "Every kind of plant"
  require it "It" every p.Kind k has p.total(k) at least 1

designation birds_all "Every kind of bird is held by somebody"
  require it "It" every b.Kind k has (some b.Person x where b.kept(x, k))

designation named_one "The policy names ana among those of plants, not of birds"
  require it "It" (every p.Person x where x is "ana" has p.kept(x, red)) and (count of b.Person x) is 1
"""
BIRD = [{"holder": "cy", "kind": "red"}]


@pytest.mark.parametrize("names", [("p.Cert", "b.Cert"), ("plants.Cert", "birds.Cert")])
@pytest.mark.parametrize(
    ("plants", "birds", "found"),
    [
        ([], BIRD, ["failed", "failed", "failed"]),
        ([{"holder": "ana", "kind": "red"}], BIRD, ["failed", "failed", "met"]),
        ([{"holder": "bo", "kind": "red"}, {"holder": "bo", "kind": "green"}], BIRD, ["met", "failed", "failed"]),
        ([{"holder": "ana", "kind": "red"}], [*BIRD, {"holder": "cy", "kind": "blue"}], ["failed", "met", "met"]),
    ],
)
def test_what_two_libraries_declare_by_one_name(
    tmp_path: Path, names: tuple[str, str], plants: list[Any], birds: list[Any], found: list[str]
) -> None:
    for name, other in (("plants", "green"), ("birds", "blue")):
        (tmp_path / f"{name}.attain").write_text(LIBRARY.format(name=name, other=other), encoding="utf-8")
    program = load_policy(tmp_path / "tried.attain", POLICY)
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"facts": dict(zip(names, (plants, birds), strict=True))}), encoding="utf-8")
    facts = load_facts(program, file)
    assert facts.unused == ()
    assert [each.verdict for each in assess(program, facts, ON).designations] == found


def test_a_measure_is_set_by_the_name_that_it_has_in_the_policy(tmp_path: Path) -> None:
    for name, other in (("plants", "green"), ("birds", "blue")):
        (tmp_path / f"{name}.attain").write_text(LIBRARY.format(name=name, other=other), encoding="utf-8")
    program = load_policy(tmp_path / "tried.attain", POLICY)
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"given": {"p.total": {"red": 1, "green": 1}}}), encoding="utf-8")
    assert assess(program, load_facts(program, file), ON).designations[0].verdict == "met"
