"""What a plan is to reach, as it is named on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from attain_engine.asked import AskedWrongly, designations_named
from attain_engine.cli.question import Question

if TYPE_CHECKING:
    from attain_engine.plan import Target


def targets_of(asked: Question, given: tuple[str, ...], others: tuple[str, ...] = ()) -> tuple[Question, list[Target]]:
    """The designations and amounts named, designations each perhaps with a tier; with further policies and no name, the
    designations of all of them. And the question of a program to which the amounts belong."""
    from attain_engine.plan import Target, with_targets

    if others and not given:
        return asked, [
            Target(each)
            for each in asked.program.designations.values()
            if not asked.program.policies[each.id.partition(".")[0]].is_library
        ]
    try:
        found = [
            Target(designation, tier) for designation, tier in designations_named(asked.program, asked.facts, given)
        ]
    except AskedWrongly as wrong:
        raise click.UsageError(str(wrong)) from None
    return replace(asked, program=with_targets(asked.program, found)), found
