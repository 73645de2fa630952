"""When a search is to end with what it has found."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

Ended: TypeAlias = Callable[[], bool]
"""Whether the time is up, or the user ended the search."""

LAST_WORDS = 0.5
"""So many seconds what is done last may take where the time is up already."""


def never() -> bool:
    """There is no end to the time."""
    return False


def after(ended: Ended) -> Ended:
    """The same, but for `LAST_WORDS` more from now on."""
    late = time.monotonic() + LAST_WORDS
    return lambda: ended() and time.monotonic() > late
