"""The policies and organisations that come with Attain, and which of them go together."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from attain_compiler.model.program import Program
from attain_engine.api import FactsMistakes, load_facts, load_policy
from attain_engine.facts.model import Facts

POLICIES = Path(__file__).parents[2] / "policies"
NAMES = sorted(path.stem for path in POLICIES.glob("*.attain"))
ASSESSED = [name for name in NAMES if not name.endswith("_examples")]
DATE = datetime.date(2022, 9, 30)


@cache
def policy(name: str) -> Program:
    return load_policy(POLICIES / f"{name}.attain")


def _fits(name: str, organisation: str) -> bool:
    try:
        facts(name, organisation)
    except FactsMistakes:
        return False
    return True


@cache
def facts(name: str, organisation: str) -> Facts:
    return load_facts(policy(name), POLICIES / "facts" / organisation)


def in_force(name: str, organisation: str) -> bool:
    own, on = policy(name).policies[policy(name).main], day(name, organisation)
    return not (own.force_from and on < own.force_from) and not (own.force_to and own.force_to < on)


def day(name: str, organisation: str) -> datetime.date:
    return facts(name, organisation).as_of or DATE


PAIRS = [
    (name, organisation.name)
    for name in ASSESSED
    for organisation in sorted((POLICIES / "facts").iterdir())
    if _fits(name, organisation.name) and in_force(name, organisation.name)
]
