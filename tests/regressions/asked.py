"""Policies and facts as text, asked as a user asks."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from attain_compiler.model.program import Program
from attain_compiler.pipeline import compile_policy
from attain_engine.api import Assessment, Facts, Plan, Target, Wishes, load_facts, load_policy
from attain_engine.api import assess as assess_program
from attain_engine.api import plan as plan_program
from attain_engine.assess.models import Clause

ON = datetime.date(2024, 3, 31)
HEAD = 'policy tried "Tried"\n  in force from 2000-01-01\n\n'


def read(folder: Path, policy: str, tables: dict[str, Any] | None, given: dict[str, Any]) -> tuple[Program, Facts]:
    program = load_policy(folder / "tried.attain", HEAD + policy)
    file = folder / "facts.json"
    file.write_text(json.dumps({"facts": tables or {}, "given": given}), encoding="utf-8")
    return program, load_facts(program, file)


def assess(folder: Path, policy: str, tables: dict[str, Any] | None = None, **given: Any) -> Assessment:
    """What is said of tables of rows, and of measures given by name."""
    return assess_program(*read(folder, policy, tables, given), ON)


def verdict(folder: Path, policy: str, tables: dict[str, Any] | None = None, **given: Any) -> str:
    """The verdict on the last designation of the policy."""
    return assess(folder, policy, tables, **given).designations[-1].verdict


def plan(
    folder: Path,
    policy: str,
    tables: dict[str, Any] | None = None,
    wishes: Wishes = Wishes(),
    on: datetime.date = ON,
    **given: Any,
) -> Plan:
    """The plan for the last designation of the policy."""
    program, facts = read(folder, policy, tables, given)
    target = Target(list(program.designations.values())[-1])
    return plan_program(program, facts, on, targets=[target], wishes=wishes)


def steps(plan: Plan) -> dict[str, int]:
    """The units of each change of the best plan (those of one change added up)."""
    found: dict[str, int] = {}
    for each in plan.plans[0].steps:
        found[each.change] = found.get(each.change, 0) + each.units
    return found


def clause(folder: Path, policy: str, tables: dict[str, Any]) -> Clause:
    """The clause of the only requirement."""
    return assess(folder, policy, tables).designations[-1].tracks[0].requirements[0].clause


def codes(policy: str) -> list[str]:
    """The codes of what `check` finds in a policy."""
    _, found = compile_policy("tried.attain", HEAD + policy, lambda _, __: None)
    return [each.code for each in found]
