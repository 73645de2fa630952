"""The time by which what is asked has to end, for everything that is done within a `with` block.

Whoever asks many questions sets it once; what may take long (a search, an evaluation, numbers that are worked out)
looks at it, however deep it lies below. An answer that came too late is none: nothing is made of half of one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

LONGEST: Final = 1_000_000
"""So many seconds can be waited for: not for ever, which clingo takes for not at all."""

_until: Final[ContextVar[float | None]] = ContextVar("until", default=None)


class OutOfTime(Exception):
    """The time is over."""


@contextmanager
def ending_by(until: float | None) -> Iterator[None]:
    """What is done in this block ends by then, as `time.monotonic` tells the time (None: whenever), and by what was set
    around it."""
    before = _until.get()
    token = _until.set(min((each for each in (until, before) if each is not None), default=None))
    try:
        yield
    finally:
        _until.reset(token)


def deadline() -> float | None:
    """When what is being done is to end: for threads, which do not know of it by themselves."""
    return _until.get()


def is_past(until: float | None) -> bool:
    """Whether such a time has come."""
    return until is not None and time.monotonic() >= until


def left() -> float | None:
    """How many seconds are left, LONGEST at the most (None: any number). Raises OutOfTime if there are none."""
    until = _until.get()
    if until is None:
        return None
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise OutOfTime
    return min(seconds, LONGEST)


def look() -> None:
    """Raises OutOfTime if the time is over."""
    left()
