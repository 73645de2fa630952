"""The command line: `attain COMMAND ...`.

Every command is a thin module that reads its arguments, asks the engine and writes the answer. Start-up is felt, so
this module imports next to nothing and each command is loaded when it is called.

Exit codes: 0 yes or clean; 1 the answer is no; 2 wrong usage or bad input; 3 incomplete; 70 a mistake in Attain itself;
130 interrupted; 141 whoever read the output went away.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Sequence

from attain_engine.cli.exit_codes import BAD_INPUT, INCOMPLETE, INTERNAL_ERROR, INTERRUPTED, READER_GONE
from attain_engine.cli.interrupts import heard


def main(arguments: Sequence[str] | None = None, *, watched: bool = False) -> int:
    """Run one command and return its exit code. `arguments` are those after the program's name (default: the
    process's). No exception leaves it, unless ATTAIN_DEBUG is 1. With `watched`, limits of time and memory end the
    process."""
    # Most of what a command makes it needs to the end: do not look for more to free.
    gc.set_threshold(1_000_000, 30, 30)
    # Not `list(...)`: once `attain list` was run in this process, that is a module here.
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    _prepare_streams()
    try:
        code = _run(given, watched)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - so that nothing is flushed into the closed pipe at exit
        return READER_GONE
    except Exception as error:
        if os.environ.get("ATTAIN_DEBUG") == "1":
            raise
        if heard():  # Python wraps whatever ends the making of a class, and a library may as well
            _say("interrupted")
            return INTERRUPTED
        return _report(error)


def collect_sooner() -> None:
    """Look for garbage more often: for a command that goes on, such as a server, until it is ended."""
    gc.set_threshold(200_000, 30, 30)


def _prepare_streams() -> None:
    """An answer cannot be written to an output that was closed before the start, and a name that the terminal cannot
    show does not stop an answer."""
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


class _Closed(io.StringIO):
    """Standard output that is not there: whatever is written to it would be lost."""

    def write(self, text: str, /) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _run(given: list[str], watched: bool) -> int:
    if given == ["--version"]:
        from attain_engine import __version__

        sys.stdout.write(f"attain {__version__}\n")
        return 0
    from attain_engine.cli.application import run

    return run(given, watched=watched)


def _report(error: Exception) -> int:
    """One line about an exception that nothing foresaw. What the system refuses, such as to write into a folder or onto
    a full disk, is no mistake of Attain's."""
    text = " ".join(str(error).split())
    if isinstance(error, OSError):
        used = f"cannot use `{error.filename}`: " if error.filename is not None else ""
        _say(f"{used}{error.strerror or text}")
        return BAD_INPUT
    if isinstance(error, MemoryError):
        _say("stopped, without an answer: the system gives no more memory; ask for less")
        return INCOMPLETE
    _say(
        f"internal error: {type(error).__name__}: {text[:300]}; this is a mistake in Attain, please report it "
        "(with ATTAIN_DEBUG=1 it shows where it happened)"
    )
    return INTERNAL_ERROR


def _say(message: str) -> None:
    """One line on standard error. Where that takes nothing, the exit code has to do."""
    try:
        sys.stderr.write(f"attain: {message}\n")
        sys.stderr.flush()
    except OSError:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - so that nothing is flushed into it at exit
