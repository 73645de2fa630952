"""Whatever a command does, it ends when its time or its memory is used up, and when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from attain_engine.cli.application import COMMANDS, application
from attain_engine.cli.limits import Watch, allow_for_each

DEAF = """\
import signal, sys, time
from attain_engine.cli import application, explain
from attain_engine.cli.application import run

def busy(**given):
    {what}

explain.command.callback = busy
print("started", flush=True)
sys.exit(run(["explain", "unused", *sys.argv[1:]], watched=True))
"""
GROUND = """import clingo
    control = clingo.Control()
    control.add("p(1..4000). q(X,Y,Z) :- p(X), p(Y), p(Z).")
    control.ground()"""
HEEDLESS = """while True:
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            pass"""
EAT = """held = []
    while True:
        held.append(bytearray(10_000_000))
        time.sleep(0.001)"""


def heeding() -> None:
    """Let the command be interrupted, also where the tests run in the background of a shell, which ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(what: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", DEAF.format(what=what), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding,
    )


@pytest.mark.parametrize("what", [GROUND, HEEDLESS], ids=["a solver that grounds", "waiting"])
def test_the_time_limit_ends_it(what: str) -> None:
    with started(what, "--time-limit", "0.5") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "stopped at the time limit, after 0.5 s, without an answer" in errors


def test_the_memory_limit_ends_it() -> None:
    with started(EAT, "--memory-limit", "300") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "stopped at the memory limit, 300 MB, without an answer" in errors


@pytest.mark.parametrize("interrupts", [1, 2])
def test_an_interrupt_that_is_not_heeded_ends_it(interrupts: int) -> None:
    with started(HEEDLESS) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        try:
            for _ in range(interrupts):
                # not at once: the command must have begun, and two signals at one moment are one
                with pytest.raises(subprocess.TimeoutExpired):
                    process.wait(0.7)
                process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "attain: interrupted" in errors


def test_an_output_that_is_closed_is_no_answer() -> None:
    done = subprocess.run(
        f'exec "{sys.executable}" -m attain_engine explain unused >&-',
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert (done.returncode, done.stderr) == (2, "attain: standard output is closed\n")


def test_an_answer_for_a_file_needs_no_output(tmp_path: Path) -> None:
    policy = tmp_path / "p.attain"
    policy.write_text(
        'policy p "P"\n\nmeasure m count\n  1\n\ndesignation d "D"\n  require m "M" m at least 1\n', encoding="utf-8"
    )
    done = subprocess.run(
        [
            "sh",
            "-c",
            'exec "$0" -m attain_engine check "$1" --output-format json --output-file "$2" >&-',
            sys.executable,
            policy,
            tmp_path / "found.json",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert (done.returncode, done.stderr) == (0, "no mistakes in 1 policy\n")
    assert (tmp_path / "found.json").exists()


def test_every_command_that_ends_has_limits() -> None:
    context = click.Context(application)
    for name in application.list_commands(context):
        command = application.get_command(context, name)
        assert command is not None
        limits = {each.name: each.default for each in command.params if each.name in ("time_limit", "memory_limit")}
        if not COMMANDS[name].lasting:
            assert set(limits) == {"time_limit", "memory_limit"}, name
            assert all(isinstance(each, int | float) and each > 0 for each in limits.values()), (name, limits)


def test_the_time_is_for_each_of_several_questions() -> None:
    watch = Watch(active=False)
    with click.Context(click.Command("x"), obj=watch):
        allow_for_each(20)
    assert watch.seconds == 21 * watch.given
