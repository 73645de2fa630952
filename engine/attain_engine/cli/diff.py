"""`attain diff`: what another edition of a policy decides otherwise."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attain_engine.cli.console import answer_console, color_option
from attain_engine.cli.exit_codes import INCOMPLETE
from attain_engine.cli.output import replace_file, write_output
from attain_engine.cli.question import column_option
from attain_engine.cli.revisions import Pair, pairs_given
from attain_engine.policies import policies_beside

if TYPE_CHECKING:
    from attain_engine.compare import Comparison
    from attain_engine.many import Effect

LONGEST_PLAN = 60
"""Seconds, at most, that one plan is looked for."""


@click.command("diff")
@click.argument("given", nargs=-1, required=True, metavar="BASE HEAD | REVISION [REVISION] -- PATH...")
@click.option(
    "--facts",
    type=click.Path(exists=True),
    metavar="FOLDER",
    help="Say what it means for each organisation of a folder instead: every file of facts and folder of tables in it.",
)
@column_option
@click.option(
    "--plans",
    is_flag=True,
    help="With --facts: also whose cheapest plan costs more or less; each is looked for 60 seconds at most.",
)
@click.option("--as-of", metavar="DATE", help="With --facts: the assessment date (default: that of each one's facts).")
@click.option("--processes", type=click.IntRange(1, 64), help="How many organisations at once (default: one a core).")
@click.option("--output-format", type=click.Choice(["full", "json", "csv"]), default="full", show_default=True)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@click.option("--summary", type=click.Path(dir_okay=False), help="Also add the comparison, as Markdown, to this file.")
@click.option(
    "--time-limit",
    type=click.IntRange(min=1),
    default=600,
    show_default=True,
    help="Seconds; what is not compared by then is said to be so.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 although something is decided otherwise.")
@color_option
def command(
    given: tuple[str, ...],
    facts: str | None,
    organisation_column: str | None,
    plans: bool,
    as_of: str | None,
    processes: int | None,
    output_format: str,
    output_file: str | None,
    summary: str | None,
    time_limit: int,
    exit_zero: bool,
) -> int:
    """Say what HEAD decides otherwise than BASE: for each designation, tier, requirement, part of a score and report
    whether it is equivalent, stricter, looser or incomparable, proved over all facts, with an organisation that is
    decided differently.

    BASE and HEAD are policies or folders of them. With git revisions, the paths after `--` are compared between two
    revisions, or one revision and the files as they are: `attain diff main -- policies`.

    With --facts, each organisation and designation is a row: whether it gains (met, or a higher tier), loses, changes
    otherwise (points), or stays the same; one without an answer makes the exit code 2. With --plans there is a row for
    the cheapest plan of each as well: whether it is dearer or cheaper, is there no more or only now.

    Exit codes: 0 no difference in what is decided, or --exit-zero; 1 a difference; 2 wrong usage or bad input; 3 not
    everything was compared in the time.
    """
    if facts is not None:
        if summary is not None:
            raise click.UsageError("`--summary` is for the comparison: leave it out with `--facts`")
        seconds = min(time_limit, LONGEST_PLAN) if plans else None
        rows = _effects(given, facts, as_of, processes, organisation_column, seconds)
        return _write_effects(rows, output_format, output_file, exit_zero=exit_zero)
    if output_format == "csv" or as_of is not None or organisation_column is not None or plans:
        only = "CSV, `--as-of`, `--organisation-column` and `--plans`"
        raise click.UsageError(f"{only} are for organisations: give `--facts FOLDER`")
    until = time.monotonic() + time_limit
    with pairs_given(given) as pairs:
        comparisons: list[Comparison] = []
        missing: list[str] = []
        for pair in pairs:
            if pair.base is None or pair.head is None:
                missing.append(_one_sided(pair))
            else:
                comparisons.append(_compared(pair, until))
    from attain_engine.report.diff_markdown import diff_markdown
    from attain_engine.report.diff_text import diff_text

    if output_format == "json":
        told = {
            "format_version": 1,
            "kind": "comparisons",
            "policies": [each.model_dump(mode="json") for each in comparisons],
            "on_one_side": missing,
        }
        write_output(json.dumps(told, indent=2, ensure_ascii=False) + "\n", output_file)
    else:
        text = diff_text(comparisons, answer_console()) if comparisons else ""
        write_output(text + "".join(f"{each}\n" for each in missing), output_file)
    if summary is not None:
        path = Path(summary)
        before = path.read_text("utf-8") if path.is_file() else ""
        sections = [*(diff_markdown(each) for each in comparisons), *(f"- {each}\n" for each in missing)]
        replace_file(path, before + "\n".join(sections))
    if any(not each.complete for each in comparisons):
        return INCOMPLETE
    return int(not exit_zero and (bool(missing) or any(each.differs for each in comparisons)))


def _effects(
    given: tuple[str, ...],
    facts: str,
    as_of: str | None,
    processes: int | None,
    column: str | None,
    seconds: int | None,
) -> list[Effect]:
    """What HEAD means for organisations, in the one policy that is in both editions."""
    from attain_engine.cli.each import effects_given

    with pairs_given(given) as pairs:
        both = [(each.base, each.head) for each in pairs if each.base is not None and each.head is not None]
        if len(both) != 1:
            raise click.UsageError(f"`--facts` asks about one policy, and there are {len(both)}: name one")
        base, head = both[0]
        return effects_given(base.program, head.program, facts, as_of, processes, column, seconds)


def _write_effects(rows: list[Effect], output_format: str, output_file: str | None, *, exit_zero: bool) -> int:
    """Write the rows. Returns the exit code."""
    from attain_engine.cli.each import EFFECT, exit_code, write_rows

    write_rows(rows, "effects", EFFECT, "effect", output_format, output_file)
    if any(each.effect == "untold" for each in rows):
        return exit_code(rows) or INCOMPLETE
    differs = any(each.effect not in ("same", "fails") for each in rows)
    return exit_code(rows) or int(differs and not exit_zero)


def _compared(pair: Pair, until: float) -> Comparison:
    from attain_engine.compare import compare

    assert pair.base is not None
    assert pair.head is not None
    base, head = pair.base, pair.head
    path = head.program.policies[head.program.main].span.path
    named = base.shown, head.shown
    return compare(base.program, head.program, named=named, until=until, beside=lambda: policies_beside(path))


def _one_sided(pair: Pair) -> str:
    if pair.base is None:
        assert pair.head is not None
        return f"new policy: {pair.head.shown}"
    return f"policy no longer there: {pair.base.shown}"
