"""Writes the golden programs: `python -m tests.asp.golden`."""

from __future__ import annotations

from pathlib import Path

from attain_compiler.asp.from_model import rules_of
from attain_compiler.asp.render import render_rules
from tests.asp.shipped import policy

FOLDER = Path(__file__).parent / "golden"

if __name__ == "__main__":
    for name in ("modern_work", "partner_contribution_indicators"):
        program = policy(name)
        (FOLDER / f"{name}.lp").write_text(render_rules(rules_of(program).rules, program.files), encoding="utf-8")
