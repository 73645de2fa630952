"""`attain plan`: the least that must change to qualify."""

from __future__ import annotations

import datetime
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from types import FrameType
from typing import Any

import click

from attain_compiler.model.types import Quantity
from attain_engine.cli.console import answer_console, color_option
from attain_engine.cli.exit_codes import INTERRUPTED
from attain_engine.cli.findings import program_given
from attain_engine.cli.limits import Allowance, Watch
from attain_engine.cli.output import write_output
from attain_engine.cli.question import (
    Question,
    answering,
    each_options,
    question,
    question_options,
    question_readings,
)
from attain_engine.cli.targets import targets_of

EXIT = {"qualified": 0, "proved": 0, "best found": 3, "impossible": 1, "nothing found": 3, "undetermined": 3}
OBJECTIVES = ("cost", "changes", "time")


@click.command("plan")
@click.argument("policy", type=click.Path(allow_dash=True))
@click.argument("facts", required=False, type=click.Path(allow_dash=True))
@question_options
@click.option("--with", "others", multiple=True, metavar="POLICY", help="Plan for another policy too; may be repeated.")
@click.option("--for", "targets", multiple=True, metavar="DESIGNATION[:TIER]", help="What to reach; may be repeated.")
@click.option("--minimize", default="cost,changes,time", show_default=True, help="What is to be least, in this order.")
@click.option("--by", metavar="DATE", help="Everything must be done by this date.")
@click.option("--forbid", multiple=True, metavar="CHANGE", help="Leave a change out; may be repeated.")
@click.option("--require", "required", multiple=True, metavar="CHANGE", help="Make use of a change; may be repeated.")
@click.option("--budget", metavar="AMOUNT", help="Spend no more than this.")
@click.option("--show", type=click.IntRange(1, 20), default=1, show_default=True, help="How many plans.")
@click.option("--names", is_flag=True, help="Name every choice that would do as well.")
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
    by: str | None,
    forbid: tuple[str, ...],
    required: tuple[str, ...],
    budget: str | None,
    show: int,
    names: bool,
    time_limit: int,
    each: str | None,
    processes: int | None,
    output_format: str,
    output_file: str | None,
) -> int:
    """Find the cheapest way to qualify, prove that nothing cheaper does, and assess it again before it is shown.

    With --each, the cheapest plan of each organisation is a row, and so is what cannot be answered; --time-limit is for
    each.

    Exit codes: 0 a proved plan, or nothing to do; 1 proved that there is none; 2 wrong usage or bad input; 3 not
    proved; 130 interrupted (the best plan so far is shown).
    """
    if each is not None:
        wished = (facts, sets, others, targets, by, forbid, required, budget)
        if any(wished) or show != 1 or minimize != ",".join(OBJECTIVES):
            raise click.UsageError("`--each` takes only `--as-of`, `--reading`, `--time-limit` and `--processes`")
        return _each(policy, each, as_of, readings, processes, time_limit, output_format, output_file)
    if output_format == "csv":
        raise click.UsageError("CSV is for many organisations: give `--each FOLDER`")
    asked = question(policy, facts, as_of, sets, readings, others)
    from attain_engine.plan import PlanProblem, Wishes, plan
    from attain_engine.report.plan_text import plan_text

    both = sorted(set(forbid) & set(required))
    if both:
        raise click.UsageError(f"`{both[0]}` is both required and forbidden: leave one of them out")
    allowance = Allowance(click.get_current_context().ensure_object(Watch), time_limit)
    wishes = Wishes(
        minimize=_objectives(minimize),
        forbid=frozenset(forbid),
        require=frozenset(required),
        budget=_amount(budget, _currency(asked)),
        by=_day(by, asked.on),
        show=show,
        time_limit=time_limit,
        progress=_Progress(),
        interrupted=allowance,
    )
    try:
        with _interrupts(allowance):
            answer = answering(
                lambda: plan(
                    asked.program,
                    asked.facts,
                    asked.on,
                    asked.readings,
                    targets=targets_of(asked, targets, others),
                    wishes=wishes,
                ),
                asked.program,
            )
    except PlanProblem as problem:
        raise click.UsageError(f"{problem.message}; {problem.help}" if problem.help else problem.message) from None
    if output_format == "json":
        write_output(answer.model_dump_json(indent=2) + "\n", output_file)
    else:
        write_output(plan_text(answer, answer_console(), names), output_file)
    return INTERRUPTED if allowance.interrupted and EXIT[answer.status] == EXIT["best found"] else EXIT[answer.status]


def _each(
    policy: str,
    folder: str,
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

    rows = each_given(program, folder, as_of, question_readings(program, readings), processes, seconds)
    write_rows(rows, "plans", PLANNED, "status", output_format, output_file)
    return exit_code(rows)


@contextmanager
def _interrupts(allowance: Allowance) -> Iterator[None]:
    """Ctrl-C ends a search that has begun with the best plan so far, which is shown; before that, the command."""

    def notice(number: int, frame: FrameType | None) -> None:
        allowance.interrupted = True
        if not allowance.searching:
            signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, notice)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _objectives(text: str) -> Any:
    wanted = tuple(part.strip() for part in text.split(","))
    if not all(part in OBJECTIVES for part in wanted) or len(set(wanted)) != len(wanted):
        raise click.UsageError(f"`--minimize {text}`: give some of {', '.join(OBJECTIVES)}, each once, by commas")
    return wanted + tuple(each for each in OBJECTIVES if each not in wanted)


def _currency(asked: Question) -> str:
    """The currency of the costs, of which a run has one; empty where nothing has a cost."""
    types = (cost.amount.type for change in asked.program.changes.values() for cost in change.costs)
    return next((each.currency for each in types if isinstance(each, Quantity)), "")


def _amount(text: str | None, currency: str) -> Fraction | None:
    """The budget. Nothing is converted, and a comma is refused: it is a decimal point to some and none to others."""
    if text is None:
        return None
    amount, _, given = text.strip().partition(" ")
    number = amount.replace("_", "")
    if not number.isascii() or not number.replace(".", "", 1).isdecimal() or len(number) > 30:
        raise click.UsageError(f"`--budget {text}` is not an amount: write it as 12000")
    if given.strip() not in ("", currency):
        costs = f"the costs are in {currency}" if currency else "nothing has a cost"
        raise click.UsageError(f"`--budget {text}` cannot be compared: {costs}")
    return Fraction(number)


def _day(text: str | None, on: datetime.date) -> datetime.date | None:
    if text is None:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"`--by {text}` is not a date: write it as 2024-09-30") from None
    if day < on:
        raise click.UsageError(f"`--by {text}` is before the assessment date, {on}: give a later day")
    return day


class _Progress:
    """Says on standard error, after the first second and at most every second, how far the search is."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()

    def __call__(self, best: Any, bound: Any) -> None:
        now = time.monotonic()
        if now - self.last < 1 or not sys.stderr.isatty():
            return
        self.last = now
        found = f"best so far {best.cost}" if best is not None else "no plan yet"
        proved = f", proven bound {bound}" if bound is not None else ""
        sys.stderr.write(f"\rplanning for {now - self.began:.0f} s: {found}{proved}   ")
        sys.stderr.flush()
