"""`attain asp`: the answer set program that a policy compiles to, and an organisation as its facts."""

from __future__ import annotations

import datetime

import click

from attain_engine.cli.console import color_option
from attain_engine.cli.findings import program_given
from attain_engine.cli.output import write_output
from attain_engine.cli.question import answering, question, question_options, question_readings
from attain_engine.cli.targets import targets_of
from attain_engine.facts import Facts


@click.command("asp")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option(
    "--plan",
    is_flag=True,
    help="Print the plan program: changes as choices, what is to be least, and what is to be reached.",
)
@click.option(
    "--for",
    "targets",
    multiple=True,
    metavar="DESIGNATION[:TIER]",
    help='With --plan: what to reach, a designation or an amount: "benefit at least 200 USD"; may be repeated '
    "(default: every designation of the policy).",
)
@click.option("--rules-only", "part", flag_value="rules", help="Print the rules alone, for these facts.")
@click.option("--facts-only", "part", flag_value="facts", help="Print the facts alone.")
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
    plan: bool,
    targets: tuple[str, ...],
    part: str | None,
    output_file: str | None,
) -> int:
    """Print a policy as an answer set program: its rules, each declaration under its own words and place.

    With FACTS, the facts as well. Rules and facts run together under the plain `clingo` program and give `met`,
    `failed`, `award`, `counts` and points. Rules that are printed without facts serve all organisations whose numbers
    are not too large for them; facts that need rules of their own say so.

    With --plan, clingo finds the plan that `attain plan` proves: the least cost, then the fewest changes, then the
    fewest days. A plan is one organisation's: give its FACTS.
    """
    if plan:
        write_output(_plan(policy, facts, as_of, sets, readings, targets, part), output_file)
        return 0
    if targets:
        raise click.UsageError("`--for` is what a plan is to reach: give `--plan` too")
    from attain_engine.check.judged_on import FIRST_DATE
    from attain_engine.rules.printed import printed

    if facts is None and not sets and as_of is None:
        program = program_given(policy)
        known, chosen = None, dict(question_readings(program, readings))
        on: datetime.date = program.policies[program.main].force_from or FIRST_DATE
        part = part or "rules"
    else:
        asked = question(policy, facts, as_of, sets, readings)
        program, known, on, chosen = asked.program, asked.facts, asked.on, asked.readings
    text = answering(
        lambda: printed(program, known or Facts("nobody"), on, chosen, part, any_facts=known is None), program
    )
    write_output(text, output_file)
    return 0


def _plan(
    policy: str,
    facts: str | None,
    as_of: str | None,
    sets: tuple[str, ...],
    readings: tuple[str, ...],
    targets: tuple[str, ...],
    part: str | None,
) -> str:
    from attain_engine.plan.plan import goals_of
    from attain_engine.plan.program import NotPrinted, plan_program

    if facts is None and not sets:
        raise click.UsageError("a plan program is of one organisation: give its facts after the policy")
    asked = question(policy, facts, as_of, sets, readings)
    asked, wanted = targets_of(asked, targets)
    try:
        text: str = answering(
            lambda: plan_program(
                asked.program,
                asked.facts,
                asked.on,
                asked.readings,
                goals_of(asked.program, asked.facts, asked.on, asked.readings, wanted),
                part,
            ),
            asked.program,
        )
    except NotPrinted as why:
        raise click.UsageError(f"no plan program is printed: {why}. `attain plan` finds the plan itself") from None
    return text
