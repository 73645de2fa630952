"""The program `attain`, and `python -m attain_engine`.

Until the command line is there, Ctrl-C ends the process as it ends any other program, without a traceback.
"""

import gc
import os
import signal
import sys


def main() -> int:
    """Run the command that the process was started with, and return its exit code."""
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell's background ignores it
    if heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from attain_engine.cli import main as run

    if heeded:
        from attain_engine.cli.interrupts import hear

        hear()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for plugins takes longer than to start
    code = run(watched=True)
    gc.freeze()  # the process ends with all that it has: do not look through it for what nothing refers to
    if heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is left that an interrupt could spoil
    return code


if __name__ == "__main__":
    sys.exit(main())
