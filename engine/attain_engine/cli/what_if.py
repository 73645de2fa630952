"""`attain what-if`: what changes that one has in mind would bring."""

from __future__ import annotations

import re
from typing import Any

import click

from attain_engine.cli.assess import EXIT
from attain_engine.cli.console import color_option
from attain_engine.cli.planning import Progress, allowance_of, asked_of, write_answer
from attain_engine.cli.question import question, question_options
from attain_engine.cli.targets import targets_of

_OFTEN_LAST = re.compile(r"([^\s()*=:]+(?:\s*\(.*\))?)(?:\s*[*=:×]\s*|\s+x?)([0-9]{1,9})(?:\s*(?:times|x))?", re.DOTALL)
"""`recruit*20` or `recruit 20 times`."""


@click.command("what-if")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", type=click.Path(allow_dash=True))
@click.argument("changes", nargs=-1, required=True, metavar="CHANGE...")
@question_options
@click.option("--with", "others", multiple=True, metavar="POLICY", help="Look at another policy too; may be repeated.")
@click.option(
    "--for", "targets", multiple=True, metavar="DESIGNATION[:TIER]", help="Look at these only; may be repeated."
)
@click.option("--time-limit", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds.")
@click.option("--output-format", type=click.Choice(["full", "json"]), default="full", show_default=True)
@click.option(
    "--output-file", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
)
@color_option
def command(
    policy: str,
    facts: str,
    changes: tuple[str, ...],
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    others: tuple[str, ...],
    targets: tuple[str, ...],
    time_limit: int,
    output_format: str,
    output_file: str | None,
) -> int:
    """Make these changes and nothing else, each as soon as it can be, and assess the day on which they are done.

    A CHANGE is written as `certify(ana, gold)`, or with how often as `"66 win_customers(smb)"`.

    Exit codes: 0 qualified then; 1 not qualified then; 2 wrong usage or bad input, or the changes cannot be made; 3
    undetermined; 130 interrupted.
    """
    asked = question(policy, facts, as_of, sets, readings, others)
    from attain_engine import questions
    from attain_engine.plan import Wishes

    made = [_made(each) for each in changes]
    progress, allowance = Progress(), allowance_of(time_limit)
    asked, wanted = targets_of(asked, targets, others)
    answer = asked_of(
        asked,
        lambda: questions.what_if(
            asked.program,
            asked.facts,
            asked.on,
            asked.readings,
            made=made,
            targets=wanted,
            wishes=Wishes(time_limit=time_limit, progress=progress, interrupted=allowance),
        ),
        allowance,
        progress,
    )
    write_answer(answer, asked, (policy, facts, others), (sets, readings), output_format, output_file)
    if not answer.plan.plans:
        return 2 if answer.plan.status == "impossible" else 3
    designations = {each.name: each for each in asked.program.designations.values()}
    wholes = [each for each in answer.after if each.designation in designations]
    verdicts = {_verdict(each, answer.plan, designations[each.designation]) for each in wholes}
    return EXIT["met" if verdicts == {"met"} else "failed" if "failed" in verdicts else "undetermined"]


def _verdict(standing: Any, plan: Any, designation: Any) -> str:
    """How a designation stands; one of which a tier was asked for that is not reached fails."""
    ranks = ["", *(each.name for each in designation.tiers)]
    tiers = [text.partition(":")[2] for text in plan.targets if text.partition(":")[0] == standing.designation]
    asked = max((ranks.index(each) for each in tiers), default=0)
    return "failed" if standing.verdict == "met" and ranks.index(standing.award) < asked else standing.verdict


def _made(text: str) -> tuple[int, str]:
    """`certify(ana, gold)` or `3 win`: how often, and what."""
    number, _, change = text.strip().partition(" ")
    if number.isascii() and number.isdecimal() and len(number) < 10 and change.strip():
        return int(number), change.strip()
    last = _OFTEN_LAST.fullmatch(text.strip())
    if last is not None:
        raise click.UsageError(f"how often comes first: write `{last[2]} {last[1]}` for `{text.strip()}`")
    return 1, text.strip()
