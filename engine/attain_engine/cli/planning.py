"""What the commands share that ask for plans: the options that limit them, and how they are asked."""

from __future__ import annotations

import datetime
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from attain_compiler.model.types import Quantity
from attain_engine import asked
from attain_engine.cli.console import answer_console
from attain_engine.cli.limits import Allowance, Watch
from attain_engine.cli.output import write_output
from attain_engine.cli.question import Question, answering

if TYPE_CHECKING:
    from attain_engine.plan import Wishes

GRACE = 3.0
"""So many seconds a search has to end that is interrupted."""

OBJECTIVES = ("cost", "changes", "time")


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of what plans must keep to; the command is given them together, as `limits`."""
    for option in reversed(
        (
            click.option("--by", metavar="DATE", help="The plan must be ready by this date."),
            click.option("--until", metavar="DATE", help="Be qualified by this date at the latest, and stay so to it."),
            click.option(
                "--forbid",
                multiple=True,
                metavar="CHANGE",
                help='Leave a change out, or some of it: "certify(ana, *)"; may be repeated.',
            ),
            click.option(
                "--require",
                multiple=True,
                metavar="CHANGE",
                help='Make use of a change: certify, "certify(ana, *)"; may be repeated.',
            ),
            click.option(
                "--at-most",
                multiple=True,
                metavar="N CHANGE",
                help='So often at the most: "3 certify", "1 certify(each, *)", "2 *(ana)"; may be repeated.',
            ),
            click.option("--most-changes", type=click.IntRange(min=0), metavar="N", help="So many steps at the most."),
            click.option("--budget", metavar="AMOUNT", help="Spend no more than this."),
            click.option(
                "--survive",
                multiple=True,
                metavar="ENTITY",
                help="Stay qualified whichever one of these is lost; may be repeated.",
            ),
        )
    ):
        command = option(command)
    return command


def wishes_given(question: Question, limits: dict[str, Any], **others: Any) -> Wishes:
    """The wishes that the options say."""
    from attain_engine.plan import Wishes

    both = sorted(set(limits["forbid"]) & set(limits["require"]))
    if both:
        raise click.UsageError(f"`{both[0]}` is both required and forbidden: leave one of them out")
    return Wishes(
        forbid=frozenset(limits["forbid"]),
        require=frozenset(limits["require"]),
        at_most=tuple(counted("--at-most", each) for each in limits["at_most"]),
        most_changes=limits["most_changes"],
        budget=_amount(limits["budget"], _currency(question)),
        survive=frozenset(limits["survive"]),
        by=day_given(limits["by"], question.on, "--by"),
        until=day_given(limits["until"], question.on, "--until"),
        **others,
    )


def counted(option: str, text: str) -> tuple[int, str]:
    """`3 certify(ana, *)`: how often, and what."""
    try:
        return asked.counted(option, text)
    except asked.AskedWrongly as wrong:
        raise click.UsageError(str(wrong)) from None


def allowance_of(seconds: float) -> Allowance:
    """What tells a search when it is to end, for the command that runs."""
    return Allowance(click.get_current_context().find_object(Watch) or Watch(active=False), seconds)


def asked_of(asked: Question, function: Callable[[], Any], allowance: Allowance, progress: Progress) -> Any:
    """What the function returns, which plans; what cannot be asked ends the command."""
    from attain_engine.plan import PlanProblem

    try:
        with _interrupts(allowance):
            return answering(function, asked.program)
    except PlanProblem as problem:
        raise click.UsageError(f"{problem.message}; {problem.help}" if problem.help else problem.message) from None
    finally:
        progress.erase()


def write_answer(
    answer: Any,
    asked: Question,
    paths: tuple[str, str | None, tuple[str, ...]],
    settings: tuple[tuple[str, ...], tuple[str, ...]],
    output_format: str,
    output_file: str | None,
    names: bool = False,
) -> None:
    """Write an answer as JSON, with what it was asked of (the paths of policy, facts and further policies; `--set`,
    `--reading`), or as text."""
    if output_format != "json":
        write_output(answer_text(answer, names), output_file)
        return
    from attain_engine.plan.models import Asked
    from attain_engine.questions.fingerprints import facts_fingerprint, policy_fingerprint

    (policy, facts, others), (sets, readings) = paths, settings
    asked_of_it = Asked(
        policy=policy,
        facts=facts,
        others=others,
        sets=sets,
        readings=readings,
        policy_sha256=policy_fingerprint(asked.program),
        facts_sha256=facts_fingerprint(asked.facts, asked.program),
    )
    saved = answer.model_copy(update={"asked": asked_of_it})
    write_output(saved.model_dump_json(indent=2) + "\n", output_file)


def answer_text(answer: Any, names: bool = False) -> str:
    """A plan, or the answer to a question that takes several, as text."""
    from attain_engine.report.plan_text import plan_text
    from attain_engine.report.questions_text import question_text

    if answer.kind == "plan":
        return plan_text(answer, answer_console(), names)
    return question_text(answer, answer_console(), names)


@contextmanager
def _interrupts(allowance: Allowance) -> Iterator[None]:
    """Ctrl-C ends a search that has begun with the best plan so far, which is shown, if it ends soon; else, and where
    none has begun, the command."""
    again = threading.Timer(GRACE, signal.raise_signal, (signal.SIGINT,))
    again.daemon = True

    before = signal.getsignal(signal.SIGINT)
    if not callable(before):  # a shell's background ignores it
        yield
        return

    def notice(number: int, frame: FrameType | None) -> None:
        if allowance.interrupted or not allowance.searching:
            allowance.interrupted = True
            before(number, frame)
        allowance.interrupted = True
        again.start()

    signal.signal(signal.SIGINT, notice)
    try:
        yield
    finally:
        again.cancel()
        signal.signal(signal.SIGINT, before)


def objectives(text: str) -> Any:
    """The objectives in their order; those that are not named come last."""
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
    if number.startswith("-"):
        raise click.UsageError(f"`--budget {text}` is below 0: no plan costs less than nothing, write 0 or more")
    if not number.isascii() or not number.replace(".", "", 1).isdecimal() or len(number) > 30:
        raise click.UsageError(f"`--budget {text}` is not an amount: write it as 12000")
    if given.strip() not in ("", currency):
        costs = f"the costs are in {currency}" if currency else "nothing has a cost"
        raise click.UsageError(f"`--budget {text}` cannot be compared: {costs}")
    return Fraction(number)


def day_given(text: str | None, on: datetime.date, option: str) -> datetime.date | None:
    """The day that an option names, which is not before the assessment date."""
    if text is None:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"`{option} {text}` is not a date: write it as 2024-09-30") from None
    try:
        return asked.day_ahead(day, on, option)
    except asked.AskedWrongly as wrong:
        raise click.UsageError(str(wrong)) from None


class Progress:
    """Says on standard error, after the first second and at most every second, how far the search is."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()
        self._shown = 0

    def __call__(self, best: Any, bound: Any) -> None:
        now = time.monotonic()
        if now - self.last < 1 or not sys.stderr.isatty():
            return
        self.last = now
        found = f"best so far {best.cost}" if best is not None else "no plan yet"
        proved = f", proven bound {bound}" if bound is not None else ""
        self._write(f"planning for {now - self.began:.0f} s: {found}{proved}")

    def erase(self) -> None:
        """Take the line away again: the answer comes."""
        self._write("")

    def _write(self, text: str) -> None:
        if text or self._shown:
            sys.stderr.write("\r" + text.ljust(self._shown) + ("" if text else "\r"))
            sys.stderr.flush()
        self._shown = len(text)
