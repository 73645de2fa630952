"""What a plan is to reach, as it is named on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from attain_engine.cli.question import Question

if TYPE_CHECKING:
    from attain_engine.plan import Target


def targets_of(asked: Question, given: tuple[str, ...], others: tuple[str, ...] = ()) -> list[Target]:
    """The designations named, each perhaps with a tier; with further policies and no name, those of all of them."""
    from attain_engine.plan import Target

    by_name = {each.name: each for each in asked.program.designations.values()} | dict(asked.program.designations)
    found = []
    if others and not given:
        return [
            Target(each)
            for each in asked.program.designations.values()
            if not asked.program.policies[each.id.partition(".")[0]].is_library
        ]
    for each in given:
        name, _, tier = each.partition(":")
        designation = by_name.get(name)
        if designation is None:
            known = ", ".join(f"`{each.name}`" for each in asked.program.designations.values())
            raise click.UsageError(f"there is no designation `{name}`: there is {known}")
        tiers = [each.name for each in designation.tiers]
        if tier and tier not in tiers:
            raise click.UsageError(f"`{name}` has no tier `{tier}`: {', '.join(tiers) or 'it has none'}")
        found.append(Target(designation, tier or None))
    return found
