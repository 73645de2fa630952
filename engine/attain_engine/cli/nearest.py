"""`attain nearest`: which designation is the nearest, and what each would cost."""

from __future__ import annotations

from typing import Any

import click

from attain_engine.cli.console import color_option
from attain_engine.cli.exit_codes import INTERRUPTED
from attain_engine.cli.planning import (
    Progress,
    allowance_of,
    asked_of,
    limit_options,
    objectives,
    wishes_given,
    write_answer,
)
from attain_engine.cli.question import question, question_options
from attain_engine.cli.targets import targets_of


@click.command("nearest")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option("--with", "others", multiple=True, metavar="POLICY", help="Those of another policy too; may be repeated.")
@click.option(
    "--for", "targets", multiple=True, metavar="DESIGNATION[:TIER]", help="Only these are compared; may be repeated."
)
@click.option("--minimize", default="cost,changes,time", show_default=True, help="What is to be least, in this order.")
@limit_options
@click.option("--time-limit", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds, for all.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option(
    "--output-file", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
)
@color_option
def command(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    others: tuple[str, ...],
    targets: tuple[str, ...],
    minimize: str,
    time_limit: int,
    output_format: str,
    output_file: str | None,
    **limits: Any,
) -> int:
    """Compare the designations: for each the cheapest plan for it alone, the cheapest first.

    Of a designation with tiers the lowest is asked for that is not reached.

    Exit codes: 0 at least one is reached or can be; 1 proved that none can be; 2 wrong usage or bad input; 3 not
    proved; 130 interrupted.
    """
    asked = question(policy, facts, as_of, sets, readings, others)
    from attain_engine import questions

    progress, allowance = Progress(), allowance_of(time_limit)
    wishes = wishes_given(
        asked, limits, minimize=objectives(minimize), time_limit=time_limit, progress=progress, interrupted=allowance
    )
    asked, wanted = targets_of(asked, targets, others)
    answer = asked_of(
        asked,
        lambda: questions.nearest(asked.program, asked.facts, asked.on, asked.readings, targets=wanted, wishes=wishes),
        allowance,
        progress,
    )
    write_answer(answer, asked, (policy, facts, others), (sets, readings), output_format, output_file)
    if not answer.complete:
        return INTERRUPTED if allowance.interrupted else 3
    statuses = {each.status for each in answer.designations}
    if statuses & {"qualified", "proved"}:
        return 0
    return 3 if "undetermined" in statuses else 1
