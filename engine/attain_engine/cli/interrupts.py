"""Ctrl-C, as Python hears it: an exception wherever the program happens to be. Where that becomes another exception (in
the making of a class), or none (in what is called when an object goes), the command ends as interrupted all the same.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from attain_engine.cli.exit_codes import INTERRUPTED

_heard = False


def hear() -> None:
    """From now on an interrupt raises KeyboardInterrupt in the main thread, which this belongs to, and is remembered;
    one that cannot be raised ends the process."""
    signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _unraisable


def heard() -> bool:
    """Whether there has been an interrupt."""
    return _heard


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _heard
    _heard = True
    signal.default_int_handler(number, frame)


def _unraisable(lost: sys.UnraisableHookArgs) -> None:
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
        return
    try:
        os.write(2, b"attain: interrupted\n")
    finally:
        os._exit(INTERRUPTED)
