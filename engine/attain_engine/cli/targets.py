"""What a plan is to reach, as it is named on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from attain_engine.asked import AskedWrongly, designations_named
from attain_engine.cli.question import Question

if TYPE_CHECKING:
    from attain_engine.plan import Target


def targets_of(asked: Question, given: tuple[str, ...], others: tuple[str, ...] = ()) -> list[Target]:
    """The designations named, each perhaps with a tier; with further policies and no name, those of all of them."""
    from attain_engine.plan import Target

    if others and not given:
        return [
            Target(each)
            for each in asked.program.designations.values()
            if not asked.program.policies[each.id.partition(".")[0]].is_library
        ]
    try:
        return [Target(designation, tier) for designation, tier in designations_named(asked.program, given)]
    except AskedWrongly as wrong:
        raise click.UsageError(str(wrong)) from None


def with_amounts(asked: Question, targets: list[Target]) -> Question:
    """The question of a program to which amounts to be reached belong."""
    from attain_engine.plan import with_targets

    return replace(asked, program=with_targets(asked.program, targets))
