"""The program that is printed: run by itself it says what `attain assess` says, and it is built as it should be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from attain_compiler.asp.from_model import Compiled, rules_of
from attain_compiler.asp.render import render_rules
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Literal_,
    Negation,
    Number,
    Rule,
    Symbol,
    Term,
    Text,
    head_atom,
)
from attain_engine.assess.assess import assess
from attain_engine.assess.models import Designation
from attain_engine.rules.decide import DesignationDecided, read_answer
from attain_engine.rules.printed import printed
from attain_engine.solve.answer_sets import answer_set
from tests.asp.shipped import ASSESSED, PAIRS, day, facts, policy


def differences(reported: Designation, decided: DesignationDecided) -> Iterator[str]:
    """Where the printed program and the assessment differ, of what is settled for both."""
    if decided.settled and (reported.verdict == "met") is not decided.met:
        yield f"{reported.id}: {reported.verdict}"
    if decided.settled and reported.award != decided.award:
        yield f"{reported.id}: award {reported.award}"
    failed = {(str(track or ""), path) for track, path in decided.failed}
    opened = {(str(track or ""), path) for track, path in decided.open}
    for track in reported.tracks:
        for each in track.requirements:
            where = (track.name, each.path)
            if where not in opened and (each.verdict == "failed") is not (where in failed):
                yield f"{reported.id}, {each.path} on {track.name}: {each.verdict}"


@pytest.mark.parametrize(("name", "organisation"), PAIRS)
def test_rules_and_facts_that_are_printed_give_the_assessment(name: str, organisation: str) -> None:
    program, known, on = policy(name), facts(name, organisation), day(name, organisation)
    atoms, _ = answer_set(printed(program, known, on, {}, None, any_facts=False))
    decided = read_answer(rules_of(program), atoms)
    reported = assess(program, known, on, rows=False)
    assert [line for each in reported.designations for line in differences(each, decided.designations[each.id])] == []


def test_the_plain_solver_runs_the_printed_files(tmp_path: Path) -> None:
    program, known = policy("modern_work"), facts("modern_work", "northwind")
    on = day("modern_work", "northwind")
    for part in ("rules", "facts"):
        text = printed(program, known, on, {}, part, any_facts=False)
        (tmp_path / f"{part}.lp").write_text(text, encoding="utf-8")
    files = [str(tmp_path / "rules.lp"), str(tmp_path / "facts.lp")]
    run = subprocess.run([sys.executable, "-m", "clingo", *files, "0"], capture_output=True, text=True, check=False)
    assert "capability(smb,9040)" in run.stdout.split()
    assert "Models       : 1" in run.stdout
    assert run.stderr == ""


# ---------------------------------------------------------------- how it is built


def rules_in(compiled: Compiled) -> list[Rule]:
    return [each for block in compiled.rules.blocks for each in block.statements if isinstance(each, Rule)]


def atoms_in(literal: Literal_) -> Iterator[Atom]:
    match literal:
        case Atom():
            yield literal
        case Negation(atom=atom):
            yield atom
        case Aggregate(elements=elements):
            for element in elements:
                for inner in element.condition:
                    yield from atoms_in(inner)
        case _:
            pass


def may_unify(one: Atom, other: Atom) -> bool:
    """Whether a head may derive an atom of a body: constants in the same place are the same."""
    fixed = Number | Symbol | Text
    return (
        one.predicate == other.predicate
        and len(one.arguments) == len(other.arguments)
        and all(
            a == b
            for a, b in zip(one.arguments, other.arguments, strict=True)
            if isinstance(a, fixed) and isinstance(b, fixed)
        )
    )


def recursive(rules: list[Rule]) -> set[str]:
    """The predicates of heads from which a rule is reached again through bodies."""
    heads: dict[tuple[str, int], list[int]] = {}
    for number, rule in enumerate(rules):
        if (head := head_atom(rule)) is not None:
            heads.setdefault((head.predicate, len(head.arguments)), []).append(number)
    below = [
        {
            other
            for literal in rule.body
            for atom in atoms_in(literal)
            for other in heads.get((atom.predicate, len(atom.arguments)), ())
            if may_unify(_head(rules[other]), atom)
        }
        for rule in rules
    ]
    return {_head(rules[number]).predicate for number in range(len(rules)) if number in _reached(below, number)}


def _head(rule: Rule) -> Atom:
    head = head_atom(rule)
    assert head is not None
    return head


def _reached(below: list[set[int]], start: int) -> set[int]:
    found: set[int] = set()
    todo = [start]
    while todo:
        for each in below[todo.pop()] - found:
            found.add(each)
            todo.append(each)
    return found


@pytest.mark.parametrize("name", ASSESSED)
def test_no_recursive_component_holds_a_predicate_of_the_policy(name: str) -> None:
    compiled = rules_of(policy(name))
    assert {each for each in recursive(rules_in(compiled)) if not each.startswith("in_")} == set()


def test_recursion_is_noticed() -> None:
    x: Term = Symbol("a")
    rules = [Rule(Atom("p", (x,)), (Atom("q", (x,)),)), Rule(Atom("q", (x,)), (Negation(Atom("p", (x,))),))]
    assert recursive(rules) == {"p", "q"}
    assert recursive([*rules[:1], Rule(Atom("q", (x,)), (Atom("p", (Symbol("b"),)),))]) == set()


LARGE_OR_ELAPSED = (
    *("solver's largest number", "may be too large"),
    *("whole years between two dates", "whole months between two dates"),
)
"""Why some conditions of the policies of other fields come from the evaluator."""

OF_OTHER_FIELDS = {"employment_lawyer", "federal_skilled_worker", "leed_new_construction", "life_project"}


@pytest.mark.parametrize("name", ASSESSED)
def test_every_shipped_policy_is_rules_throughout(name: str) -> None:
    outside = [each.reason for each in rules_of(policy(name)).outsides]
    if name in OF_OTHER_FIELDS:
        outside = [each for each in outside if not each.endswith(LARGE_OR_ELAPSED)]
    assert outside == []


@pytest.mark.parametrize("name", ["modern_work", "partner_contribution_indicators"])
def test_the_printed_rules_are_as_they_were(name: str) -> None:
    """Written anew by `python -m tests.asp.golden`: read the difference before it is committed."""
    golden = (Path(__file__).parent / "golden" / f"{name}.lp").read_text(encoding="utf-8")
    program = policy(name)
    assert render_rules(rules_of(program).rules, program.files) == golden


def test_rules_of_ones_own_stand_beside_the_printed_ones() -> None:
    """As docs/asp.md shows it."""
    program, known = policy("modern_work"), facts("modern_work", "northwind")
    text = printed(program, known, day("modern_work", "northwind"), {}, None, any_facts=False)
    page = (Path(__file__).parents[2] / "docs" / "asp.md").read_text(encoding="utf-8")
    own = page.partition("```prolog\n")[2].partition("```")[0]
    atoms, _ = answer_set(text + own)
    assert not [each for each in atoms if each.predicate == "near"]  # two requirements fail on each track
    atoms, _ = answer_set(text + own + "holds(modern_work,smb,breadth).")
    assert [each.arguments[1:] for each in atoms if each.predicate == "near"] == [(Symbol("smb"), Symbol("total"))]
