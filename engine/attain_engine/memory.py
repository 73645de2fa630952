"""How much memory this process holds."""

from __future__ import annotations

import os
import sys


def memory_in_use() -> int:
    """The memory that this process holds, in bytes: what it holds now where the system tells, else the most it held."""
    try:
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource  # not on every system

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
