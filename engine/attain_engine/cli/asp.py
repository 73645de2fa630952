"""`attain asp`: the answer set program that a policy compiles to."""

from __future__ import annotations

import datetime
from functools import partial

import click

from attain_engine.cli.console import color_option
from attain_engine.cli.findings import program_given
from attain_engine.cli.output import write_output
from attain_engine.cli.question import answering, question, question_options, question_readings
from attain_engine.facts import Facts


@click.command("asp")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
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
    output_file: str | None,
) -> int:
    """Print the requirement layer of a policy as the answer set program that is solved, each fact with its place.

    Without FACTS nothing is known, and every measure is open; with FACTS, what they settle is settled. Rows are
    evaluated before (exactly, see docs/decisions/001-two-layers.md).
    """
    from attain_compiler.asp import render
    from attain_engine.assess.assess import designations_of
    from attain_engine.assess.undecided import open_in_words
    from attain_engine.assess.verdicts import requirement_program
    from attain_engine.check.examples import FIRST_DATE
    from attain_engine.evaluate import Evaluator, world_of
    from attain_engine.evaluate.designations import designate
    from attain_engine.solve.answer_sets import encoding

    if facts is None and not sets and as_of is None:
        program = program_given(policy)
        known, chosen = Facts("nobody"), dict(question_readings(program, readings))
        on: datetime.date = program.policies[program.main].force_from or FIRST_DATE
    else:
        asked = question(policy, facts, as_of, sets, readings)
        program, known, on, chosen = asked.program, asked.facts, asked.on, asked.readings
    evaluator = Evaluator(program, world_of(program, known), on, chosen)
    compiled, _ = answering(
        lambda: requirement_program(
            [designate(evaluator, each, evaluator.context) for each in designations_of(program)],
            partial(open_in_words, program),
        ),
        program,
    )
    rules = {name: encoding(name) for name in compiled.encodings}
    write_output(render(compiled, program.files, rules), output_file)
    return 0
