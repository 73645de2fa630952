"""`attain test --suggest`: the examples that are missing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import click

from attain_engine.check.coverage import Covered, coverage
from attain_engine.check.tested import TestedPolicy, decides
from attain_engine.cli.exit_codes import INCOMPLETE
from attain_engine.cli.limits import begun
from attain_engine.cli.output import write_output
from attain_engine.report.coverage_text import said

KEPT = 30
"""So many seconds of the time for a policy are kept to try and write what was found, and no more than a quarter; but as
long as it took to read a policy and try its examples, if that is less than half of the time."""


def suggest_examples(policies: Sequence[TestedPolicy], until: float, output_file: str | None) -> int:
    """Write for each policy the examples that decide what no example of any of them decides. Returns the exit code."""
    from attain_engine.suggest import suggest
    from attain_engine.suggest.written import policy as written

    programs = [each.policy.program for each in policies if each.policy.program is not None]
    decided = coverage(programs)
    # What is found is read, run and looked at like the examples that there are: on a busy machine as slowly.
    before = (time.monotonic() - begun()) / max(len(programs), 1)
    texts: list[str] = []
    left: dict[tuple[str, int], Covered] = {}
    number, complete = 0, True
    for index, program in enumerate(programs):
        if not decides(program) or program.policies[program.main].is_library:
            continue
        now = time.monotonic()
        share = max(until - now, 0) / (len(programs) - index)
        found = suggest(program, decided, now + share - min(max(min(share / 4, KEPT), before), share / 2))
        examples = written(program, found.found, now + share)
        complete = complete and found.complete and examples.complete
        read = examples.read
        if read.program is None:
            raise AssertionError(f"the examples for {program.main} cannot be read: {read.diagnostics[0].message}")
        here = coverage([read.program])
        decided = _together(decided, here)
        of_its_own = sum(each.startswith(f"{read.program.main}.") for each in read.program.examples)
        number += of_its_own
        if of_its_own:
            text = read.files[read.path].text
            texts.append(f"# {read.path}\n\n{text}" if len(policies) > 1 else text)
        left |= {(each.span.path, each.span.start): each for each in found.missing}
    write_output("\n".join(texts), output_file)
    by_key = {(each.kind, each.span): each for each in decided}
    still = [by_key[each.kind, each.span] for _, each in sorted(left.items()) if by_key[each.kind, each.span].missing]
    files = {path: source for each in policies for path, source in each.policy.files.items()}
    for each in still:
        line, _ = files[each.span.path].line_and_column(each.span.start)
        text = " ".join(files[each.span.path].slice(each.span).split())
        click.echo(f"{each.span.path}:{line}: no facts were found for `{text[:60]}`: {said(each)}", err=True)
    ended = "" if complete else "; the time ended before everything was tried"
    click.echo(f"{number} examples suggested, {len(still)} places stay undecided{ended}", err=True)
    return 0 if complete else INCOMPLETE


def _together(one: Sequence[Covered], other: Sequence[Covered]) -> tuple[Covered, ...]:
    """What examples bring about in either."""
    found = {(each.kind, each.span): each for each in one}
    for each in other:
        known = found.get((each.kind, each.span), each)
        found[each.kind, each.span] = replace(known, seen=known.seen | each.seen)
    return tuple(found.values())
