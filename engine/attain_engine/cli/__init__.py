"""The command line: `attain COMMAND ...`.

Every command is a thin module that reads its arguments, asks the engine and writes the answer. Start-up is felt, so
this module imports next to nothing and each command is loaded when it is called.

Exit codes: 0 yes or clean; 1 the answer is no; 2 wrong usage or bad input; 3 incomplete; 70 a mistake in Attain itself;
130 interrupted; 141 whoever read the output went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130
READER_GONE = 141
BAD_INPUT = 2
INTERNAL_ERROR = 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. `arguments` are those after the program's name (default: the
    process's). No exception leaves it, unless ATTAIN_DEBUG is 1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a name that the terminal cannot show must not stop an answer
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        sys.stderr.write("attain: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - so that nothing is flushed into the closed pipe at exit
        return READER_GONE
    except Exception as error:
        if os.environ.get("ATTAIN_DEBUG") == "1":
            raise
        return _report(error)


def _run(given: list[str]) -> int:
    if given == ["--version"]:
        from attain_engine import __version__

        sys.stdout.write(f"attain {__version__}\n")
        return 0
    from attain_engine.cli.application import run

    return run(given)


def _report(error: Exception) -> int:
    """One line about an exception that nothing foresaw. A file or folder that the system refuses is bad input."""
    text = " ".join(str(error).split())
    if isinstance(error, OSError) and error.filename is not None:
        sys.stderr.write(f"attain: cannot use `{error.filename}`: {error.strerror}\n")
        return BAD_INPUT
    sys.stderr.write(
        f"attain: internal error: {type(error).__name__}: {text[:300]}; this is a mistake in Attain, please report it "
        "(with ATTAIN_DEBUG=1 it shows where it happened)\n"
    )
    return INTERNAL_ERROR
