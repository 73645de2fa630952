"""`attain test --watch`: the examples run again whenever a policy is saved."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import click

from attain_compiler.diagnostics.render import Findings, in_order
from attain_engine.check.tested import TestedPolicy, tested
from attain_engine.cli import collect_sooner
from attain_engine.cli.findings import policy_given, report
from attain_engine.cli.paths import policies_given

Saved: TypeAlias = tuple[int, int] | None
"""When a file was saved last, and how large it was; None where it is not there."""

_PAUSE_MS = 250


def watch(paths: tuple[str, ...], pause: Callable[[], None] = lambda: time.sleep(_PAUSE_MS / 1000)) -> int:
    """Run the examples, and again those of each policy that is saved, that is new, or of which an imported file is
    saved, until `pause` (between two looks at the files) raises KeyboardInterrupt. Returns the exit code."""
    collect_sooner()
    known: dict[str, TestedPolicy] = {}
    saved: dict[str, Saved] = {}
    while True:
        given = policies_given(paths)
        now = _saved({*given, *_files(known)})
        stale = [each for each in given if each not in known or _is_stale(known[each], saved, now)]
        gone = [each for each in known if each not in given]
        if stale or gone:
            known = {each: tested(policy_given(each)) if each in stale else known[each] for each in given}
            saved = _saved({*given, *_files(known)})
            _show(tuple(known.values()))
        try:
            pause()
        except KeyboardInterrupt:
            return int(any(each.mistakes or each.failures for each in known.values()))


def _files(known: Mapping[str, TestedPolicy]) -> set[str]:
    return {path for each in known.values() for path in each.policy.files}


def _saved(paths: Iterable[str]) -> dict[str, Saved]:
    found: dict[str, Saved] = {}
    for path in paths:
        try:
            state = os.stat(path)
            found[path] = state.st_mtime_ns, state.st_size
        except OSError:
            found[path] = None
    return found


def _is_stale(policy: TestedPolicy, before: Mapping[str, Saved], now: Mapping[str, Saved]) -> bool:
    """Whether a file that a policy rests on was saved. One with mistakes may lack a file that now is there."""
    if any(each.code == "missing-import" for each in policy.mistakes) and before != now:
        return True
    return any(before.get(path) != now.get(path) for path in {policy.policy.path, *policy.policy.files})


def _show(policies: tuple[TestedPolicy, ...]) -> None:
    """What is wrong in all policies as they are now, and how many examples pass."""
    files = {path: source for each in policies for path, source in each.policy.files.items()}
    found = tuple(one for each in policies for one in (*each.mistakes, *each.failures))
    report(Findings(in_order(found), files), "full")
    results = [result for each in policies for result in each.results]
    passed = sum(each.passed for each in results)
    click.echo(f"{passed} of {len(results)} examples passed; waiting for the next change (Ctrl-C ends)", err=True)
