"""The grammar is free of conflicts, and what is stored of it is what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from attain_compiler.syntax import generate
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.tables import tables


def test_the_stored_table_is_that_of_the_grammar() -> None:
    """`python -m attain_compiler.syntax.generate` renews it. Lark is strict: it refuses a grammar with any conflict."""
    stored = Path(generate.__file__).with_name("tables.json").read_text(encoding="utf-8")
    assert stored == generate.tables_text()


def test_there_is_a_function_for_each_rule_and_no_other() -> None:
    assert {rule.action for rule in tables().rules} - {"", "="} == MAKERS.keys()


def test_reading_a_policy_does_not_load_lark() -> None:
    program = """
import sys
from attain_compiler.source import SourceFile
from attain_compiler.syntax.format import format_source
assert format_source(SourceFile("a", "entity  Person")) == "entity Person\\n"
sys.exit("lark" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
