"""What only the whole program can tell: circles, tables with holes, sums that do not add up, what nobody uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attain_compiler.model import program as model
from attain_compiler.model.checks import (
    certain,
    cycles,
    depth,
    entries,
    full,
    given,
    maxima,
    negative,
    never,
    possible,
    recursion,
    titles,
    unused,
    vacuous,
    whole,
    windows,
)
from attain_compiler.model.findings import Findings
from attain_compiler.model.heads import Heads
from attain_compiler.model.modules import Module
from attain_compiler.model.scope import Visible


def check(
    program: model.Program,
    modules: Sequence[Module],
    visible: Mapping[str, Visible],
    heads: Heads,
    findings: Findings,
    mains: frozenset[str],
) -> None:
    """Report what is wrong with the program as a whole. Doubts are left for a program without mistakes."""
    cycles.check(heads, findings)
    recursion.check(program, findings)
    for table in program.tables.values():
        entries.check_overlaps(table, findings)
    whole.check_currencies(program, findings)
    if not findings.failed:
        depth.check(program, findings)
        never.check(program, findings)
        possible.check(program, heads, findings)
    if findings.failed:
        return
    for table in program.tables.values():
        if table.span.path in mains:
            entries.check_holes(table, heads, findings)
    whole.check_example_dates(program, findings)
    given.check(program, findings)
    maxima.check(program, findings)
    certain.check(program, mains, findings)
    vacuous.check(program, mains, findings)
    full.check(program, mains, findings)
    negative.check(program, mains, findings)
    titles.check(program, mains, findings)
    windows.check(program, mains, findings)
    unused.check(modules, visible, heads, findings, mains)
