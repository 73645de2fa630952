"""The time by which what is asked has to end, for everything that is done within a `with` block.

Whoever asks many questions sets it once; what may take long (a search, an evaluation, numbers that are worked out)
looks at it, however deep it lies below. An answer that came too late is none: nothing is made of half of one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

LONGEST: Final = 1_000_000
"""So many seconds can be waited for: not for ever, which clingo takes for not at all."""

_until: Final[ContextVar[float | None]] = ContextVar("until", default=None)
_ended: Final[ContextVar[tuple[Callable[[], bool], ...]]] = ContextVar("ended", default=())


class OutOfTime(Exception):
    """The time is over, or what is being done was ended otherwise."""


@contextmanager
def ending_by(until: float | None, ended: Callable[[], bool] | None = None) -> Iterator[None]:
    """What is done in this block ends by then, as `time.monotonic` tells the time (None: whenever), or as soon as it
    `ended` otherwise (by Ctrl-C, for want of memory), and by what was set around it."""
    before = _until.get()
    token = _until.set(min((each for each in (until, before) if each is not None), default=None))
    others = _ended.get()
    of_this = _ended.set(others if ended is None else (*others, ended))
    try:
        yield
    finally:
        _ended.reset(of_this)
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


def within(seconds: float) -> float:
    """So many seconds, or as many as are left. Raises OutOfTime if there are none."""
    some = left()
    return seconds if some is None else min(seconds, some)


def look() -> None:
    """Raises OutOfTime if the time is over, or what is being done was ended otherwise."""
    left()
    if any(ended() for ended in _ended.get()):
        raise OutOfTime
