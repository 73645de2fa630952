"""Ctrl-C where Python makes something else of its exception: the command ends as interrupted, and blames nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.cli.test_limits import heeding

PROGRAM = """\
import signal, sys, weakref

import attain_engine.cli.application as application
from attain_engine.__main__ import main

class Thing:
    def __set_name__(self, owner, name):
        signal.raise_signal(signal.SIGINT)

def run(given, watched):
    {what}
    print("the answer")
    return 0

application.run = run
sys.exit(main())
"""

CLASS = "type('Owner', (), {'thing': Thing()})"
GONE = "thing = Thing(); weakref.finalize(thing, signal.raise_signal, signal.SIGINT); del thing"
CALLED = "thing = Thing(); kept = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT)); del thing"


def ran(what: str, ignoring: bool = False) -> subprocess.CompletedProcess[str]:
    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(what=what)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=ignore if ignoring else heeding,
    )


@pytest.mark.parametrize("what", ["signal.raise_signal(signal.SIGINT)", CLASS, GONE, CALLED], ids=str)
def test_an_interrupt_that_is_wrapped_or_lost(what: str) -> None:
    done = ran(what)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "attain: interrupted\n")


def test_interrupts_that_a_shell_ignores() -> None:
    done = ran(CLASS, ignoring=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "the answer\n", "")


def test_what_fails_without_an_interrupt_is_said() -> None:
    done = ran("raise RuntimeError('broken')")
    assert done.returncode == 70
    assert "internal error: RuntimeError: broken" in done.stderr
