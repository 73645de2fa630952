"""What every command has in common: help, versions, wrong usage, broken pipes, interrupts, mistakes of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from unittest.mock import Mock

import pytest

import attain_engine.cli
from attain_engine import __version__
from attain_engine.cli.application import COMMANDS
from tests.cli.conftest import Attain

HEAVY = {"click", "lark", "pydantic", "clingo", "highspy", "numpy", "rich", "attain_compiler", "importlib.metadata"}


def test_the_version(attain: Attain) -> None:
    result = attain("--version")
    assert (result.code, result.out, result.err) == (0, f"attain {__version__}\n", "")


def test_the_version_among_other_options(attain: Attain) -> None:
    assert attain("--color", "never", "--version").out == f"attain {__version__}\n"


def test_the_version_loads_nothing_heavy() -> None:
    script = "import sys, attain_engine.cli as c; c.main(['--version']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


def test_the_help_loads_no_command() -> None:
    script = "import sys, attain_engine.cli as c; c.main(['--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"lark", "pydantic", "clingo", "highspy", "numpy", "rich", "attain_engine.cli.check"} & set(loaded)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_lists_every_command(attain: Attain, name: str) -> None:
    assert f"\n  {name} " in attain("--help").out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(attain: Attain, name: str) -> None:
    result = attain(name, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: attain {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_an_option_it_does_not_have(attain: Attain, name: str) -> None:
    result = attain(name, "--no-such-option")
    assert (result.code, result.out) == (2, "")
    assert "--no-such-option" in result.err


def test_a_misspelled_command_is_met_with_a_suggestion(attain: Attain) -> None:
    result = attain("chek")
    assert (result.code, result.out) == (2, "")
    assert "there is no command `chek`; did you mean `check`?" in result.err


def test_a_command_like_no_other_is_met_with_the_list(attain: Attain) -> None:
    assert "`attain --help` lists them" in attain("zzz").err


@pytest.mark.parametrize("group", [(), ("facts",)])
def test_without_arguments_the_help_is_shown(group: tuple[str, ...], attain: Attain) -> None:
    result = attain(*group)
    assert (result.code, result.out) == (2, "")
    assert "Commands:" in result.err


@pytest.mark.parametrize("option", ["--color", "--output-format"])
def test_a_choice_that_is_none_is_refused(attain: Attain, option: str) -> None:
    result = attain("check", option, "purple")
    assert result.code == 2
    assert "purple" in result.err


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    monkeypatch.setattr(attain_engine.cli, "_run", Mock(side_effect=error))
    return attain_engine.cli.main([])


def test_a_mistake_of_our_own_is_one_line_and_its_own_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(monkeypatch, RuntimeError("first\nsecond")) == 70
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert text.startswith("attain: internal error: RuntimeError: first second;")
    assert "ATTAIN_DEBUG=1" in text


def test_memory_that_the_system_does_not_give_is_no_mistake_of_our_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(monkeypatch, MemoryError()) == 3
    assert "no more memory" in capsys.readouterr().err


def test_a_mistake_of_our_own_shows_where_it_happened_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTAIN_DEBUG", "1")
    with pytest.raises(RuntimeError):
        failing(monkeypatch, RuntimeError("first"))


def test_an_interrupt_has_its_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "attain: interrupted\n"


def test_a_file_that_the_system_refuses_is_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(monkeypatch, PermissionError(13, "Permission denied", "secret")) == 2
    assert capsys.readouterr().err == "attain: cannot use `secret`: Permission denied\n"


def test_a_full_disk_is_no_mistake_of_our_own() -> None:
    with open("/dev/full", "w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "attain_engine", "explain"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (process.returncode, process.stderr) == (2, b"attain: No space left on device\n")


@pytest.mark.parametrize("asked", [["explain", "nothing"], ["nothing"], ["assess", "nowhere.attain"]])
def test_where_nothing_can_be_said_of_what_went_wrong_the_exit_code_says_it(asked: list[str]) -> None:
    with open("/dev/full", "w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "attain_engine", *asked], stdout=subprocess.PIPE, stderr=full, check=False
        )
    assert (process.returncode, process.stdout) == (2, b"")


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_closed_is_no_traceback(stream: str) -> None:
    script = f"import sys; sys.{stream} = None; from attain_engine.cli import main; sys.exit(main(['check', '-']))"
    process = subprocess.run([sys.executable, "-c", script], input=b"policy a\n", capture_output=True, check=False)
    assert process.returncode == (0 if stream == "stderr" else 2)
    assert b"Traceback" not in process.stderr
    assert b"internal error" not in process.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_traceback(unbuffered: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "attain_engine", "explain"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (141, b"")


def test_the_shell_can_complete_commands(attain: Attain) -> None:
    result = attain(_ATTAIN_COMPLETE="bash_complete", COMP_WORDS="attain ch", COMP_CWORD="1")
    assert result.out == "plain,check\n"
