"""The program `attain`, and `python -m attain_engine`.

Until the command line is there, Ctrl-C ends the process as it ends any other program, without a traceback.
"""

import signal
import sys


def main() -> int:
    """Run the command that the process was started with, and return its exit code."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from attain_engine.cli import main as run

    signal.signal(signal.SIGINT, before)
    code = run(watched=True)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # nothing is left that an interrupt could spoil
    return code


if __name__ == "__main__":
    sys.exit(main())
