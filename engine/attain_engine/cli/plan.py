"""`attain plan`: the least that must change to qualify."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from attain_engine.cli.console import color_option
from attain_engine.cli.exit_codes import INTERRUPTED
from attain_engine.cli.findings import program_given
from attain_engine.cli.planning import (
    OBJECTIVES,
    Progress,
    allowance_of,
    asked_of,
    limit_options,
    objectives,
    wishes_given,
    write_answer,
)
from attain_engine.cli.question import (
    Question,
    each_options,
    question,
    question_options,
    question_readings,
)
from attain_engine.cli.targets import targets_of

FOR = 'What to reach, a designation or an amount: "benefit at least 200 USD"; may be repeated.'
EXIT = {"qualified": 0, "proved": 0, "best found": 3, "impossible": 1, "nothing found": 3, "undetermined": 3}


@click.command("plan")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option("--with", "others", multiple=True, metavar="POLICY", help="Plan for another policy too; may be repeated.")
@click.option("--for", "targets", multiple=True, metavar="DESIGNATION[:TIER]", help=FOR)
@click.option("--minimize", default="cost,changes,time", show_default=True, help="What is to be least, in this order.")
@limit_options
@click.option(
    "--show",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="How many plans that differ in what is done.",
)
@click.option("--alike", is_flag=True, help="With --show: also plans that differ only in who does it.")
@click.option("--closest", is_flag=True, help="Where no plan qualifies: the one that comes closest.")
@click.option("--front", is_flag=True, help="Every plan that no other betters in cost, changes and time.")
@click.option("--most", is_flag=True, help="Of several designations, as many as the limits allow.")
@click.option("--sensitivity", is_flag=True, help="What one unit of each threshold costs.")
@click.option(
    "--apply",
    "apply_to",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Write the facts after the plan into this folder, as of the day it is ready (and as of `--until`).",
)
@click.option("--names", is_flag=True, help="Name every step, and every choice that would do as well.")
@click.option("--time-limit", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds.")
@each_options
@click.option("--output-format", type=click.Choice(["full", "json", "csv"]), default="full", show_default=True)
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
    closest: bool,
    front: bool,
    most: bool,
    sensitivity: bool,
    apply_to: str | None,
    show: int,
    alike: bool,
    names: bool,
    time_limit: int,
    each: str | None,
    organisation_column: str | None,
    processes: int | None,
    output_format: str,
    output_file: str | None,
    **limits: Any,
) -> int:
    """Find the cheapest way to qualify, prove that nothing cheaper does, and assess it again before it is shown.

    With --each, the cheapest plan of each organisation is a row, and so is what cannot be answered; --time-limit is for
    each.

    Exit codes: 0 a proved plan, or nothing to do; 1 proved that there is none; 2 wrong usage or bad input; 3 not
    proved; 130 interrupted (the best plan so far is shown).
    """
    flags = {"closest": closest, "front": front, "most": most, "sensitivity": sensitivity}
    modes = [name for name, given in flags.items() if given]
    mode = modes[0] if modes else None
    if each is not None:
        wished = (facts, sets, others, targets, mode, apply_to, *limits.values())
        more = alike or names or show != 1 or minimize != ",".join(OBJECTIVES)
        if more or any(given not in (None, ()) for given in wished):
            raise click.UsageError(
                "`--each` takes only `--organisation-column`, `--as-of`, `--reading`, `--time-limit` and `--processes`"
            )
        return _each(
            policy, each, organisation_column, as_of, readings, processes, time_limit, output_format, output_file
        )
    if organisation_column is not None:
        raise click.UsageError("`--organisation-column` is for many organisations: give `--each TABLES`")
    if output_format == "csv":
        raise click.UsageError("CSV is for many organisations: give `--each FOLDER`")
    _check_together(modes, show, alike, minimize, apply_to)
    asked = question(policy, facts, as_of, sets, readings, others)
    progress, allowance = Progress(), allowance_of(time_limit)
    wishes = wishes_given(
        asked,
        limits,
        minimize=objectives(minimize),
        show=show,
        time_limit=time_limit,
        progress=progress,
        interrupted=allowance,
    )
    asked, wanted = targets_of(asked, targets, others)
    if apply_to is not None and names_after(apply_to, show):
        raise click.UsageError(f"`--apply {apply_to}`: there are files of facts in it already; name another folder")
    answer, after = asked_of(asked, lambda: _answer(asked, mode, wanted, wishes, alike), allowance, progress)
    paths, settings = (policy, facts, others), (sets, readings)
    write_answer(answer, asked, paths, settings, output_format, output_file, names)
    if apply_to is not None:
        _write_facts(asked, answer, after, apply_to)
    code = _exit_code(answer)
    return INTERRUPTED if allowance.interrupted and code == EXIT["best found"] else code


def _answer(asked: Question, mode: Any, targets: list[Any], wishes: Any, alike: bool) -> tuple[Any, tuple[Any, ...]]:
    """What is asked for: a plan, or one of the questions that take several; of plans, the facts after each."""
    from attain_engine.questions import asked_as

    given = (asked.program, asked.facts, asked.on, asked.readings)
    return asked_as(mode or "plan", *given, targets=targets, wishes=wishes, alike=alike)


def _check_together(modes: Sequence[str], show: int, alike: bool, minimize: str, apply_to: str | None) -> None:
    """Refuse what cannot be asked together: see the table in `docs/questions.md`."""
    if len(modes) > 1:
        raise click.UsageError(f"`--{modes[0]}` and `--{modes[1]}` ask for different things: give one of them")
    if alike and show == 1:
        raise click.UsageError("`--alike` is for several plans: say how many with `--show`")
    if not modes:
        return
    for option, given in (("--apply", apply_to is not None), ("--alike", alike), ("--show", show > 1)):
        if given:
            raise click.UsageError(f"`{option}` is for plans, and `--{modes[0]}` asks for something else")
    if modes[0] != "closest" and objectives(minimize) != OBJECTIVES:
        raise click.UsageError(f"`--minimize` is for one plan, and `--{modes[0]}` has an order of its own")


def names_after(folder: str, show: int) -> list[str]:
    """The files that `--apply` would write and that are there already."""
    return [str(path) for pair in _paths_after(folder, show) for path in pair if path.exists()]


def _paths_after(folder: str, number: int) -> list[tuple[Path, Path]]:
    """For each plan where its facts go: those of the day it is ready, and those of the last day it must hold."""
    numbers = ["", *(f"-{each}" for each in range(2, number + 1))]
    return [(Path(folder, f"facts{each}.json"), Path(folder, f"facts{each}-until.json")) for each in numbers]


def _write_facts(asked: Question, answer: Any, after: tuple[Any, ...], folder: str) -> None:
    """The facts after each plan for `attain assess`: as of the day it is ready and, with `--until`, as of that day."""
    from attain_engine.cli.output import replace_file
    from attain_engine.facts.write import write_facts_json
    from attain_engine.plan import PlanProblem
    from attain_engine.plan.written_out import written_out

    if not after:
        click.echo("there is no plan to apply: no facts are written", err=True)
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for (path, last), done, one in zip(_paths_after(folder, len(after)), after, answer.plans, strict=True):
        for where, facts, day in ((path, done.facts, one.ready), (last, done.until, answer.until)):
            if facts is None:
                continue
            try:
                changed = written_out(asked.program, facts, day, asked.readings)
            except PlanProblem as problem:
                raise click.UsageError(f"{problem.message}; {problem.help}") from None
            replace_file(where, write_facts_json(changed, asked.program))
            click.echo(f"the facts as they are then: {where} (as of {day})", err=True)


def _exit_code(answer: Any) -> int:
    match answer.kind:
        case "plan":
            return EXIT[answer.status]
        case "front":
            return EXIT["best found"] if not answer.complete else EXIT[answer.plans[0].status] if answer.plans else 1
        case "most":
            return (0 if answer.reached else 1) if answer.proved else EXIT["best found"]
        case "closest":
            return (1 if answer.unmet else 0) if answer.proved else EXIT["best found"]
        case _:
            return EXIT[answer.plan.status] if answer.complete else EXIT["best found"]


def _each(
    policy: str,
    folder: str,
    column: str | None,
    as_of: str | None,
    readings: tuple[str, ...],
    processes: int | None,
    seconds: int,
    output_format: str,
    output_file: str | None,
) -> int:
    """Plan for every organisation of a folder."""
    program = program_given(policy)
    from attain_engine.cli.each import PLANNED, each_given, exit_code, write_rows

    rows = each_given(program, folder, as_of, question_readings(program, readings), processes, seconds, column)
    write_rows(rows, "plans", PLANNED, "status", output_format, output_file)
    return exit_code(rows)
