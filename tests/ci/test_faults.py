"""The faults that are put in to try the tests stand in the sources as they are."""

from __future__ import annotations

import ast

from bench.fault_list import FAULTS, TESTS
from bench.faults import ROOT, with_fault


def test_each_fault_fits_the_sources_once_and_leaves_a_module_that_python_reads() -> None:
    assert len({each.name for each in FAULTS}) == len(FAULTS) >= 60
    for each in FAULTS:
        source = (ROOT / each.file).read_text(encoding="utf-8")
        faulty = with_fault(each, source)
        assert faulty != source, each.name
        if each.file.endswith(".py"):
            ast.parse(faulty, each.file)


def test_the_tests_that_should_catch_them_are_there() -> None:
    assert {each.tests for each in FAULTS} <= set(TESTS)
    assert [path for paths in TESTS.values() for path in paths if not (ROOT / path).exists()] == []
