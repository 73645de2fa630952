"""Every kind of fault that was found has its tests: the case, and two others of its kind at least."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

import pytest

from tests.regressions.kinds import KINDS

LEAST = 3


def members(test: str) -> int:
    """How many cases a test is of; each seed of a batch is one."""
    module, name = test.split(":")
    function: Any = getattr(import_module(module), name)
    marks = [each for each in getattr(function, "pytestmark", ()) if each.name == "parametrize"]
    return math.prod(sum(map(len, each.args[1])) if each.args[0] == "batch" else len(each.args[1]) for each in marks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_case_and_two_others(kind: str) -> None:
    assert sum(map(members, KINDS[kind])) >= LEAST
