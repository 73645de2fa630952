"""Limits that hold whatever a command is doing: time, memory, and Ctrl-C.

The work itself looks at its limits where it can, and then says more than this can. But a solver that grounds, or a
library that reads a file, is deaf while it works. So a thread watches the process: when its time or memory is used up,
or when an interrupt has not been heeded, it says so and ends the process. Answers that go to files are written whole
or not at all (`output.replace_file`), so nothing is left half done.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import click

from attain_engine.cli.exit_codes import INCOMPLETE, INTERRUPTED
from attain_engine.memory import memory_in_use

SECONDS = 60
"""The default of `--time-limit`."""

MEGABYTES = 2_000
"""The default of `--memory-limit`."""

GRACE = 1.5
"""Seconds that a command which keeps its time by itself (`plan`) has to end after its limit."""

HEED = 3.0
"""Seconds that a command has to end by itself after Ctrl-C, with what it has found so far. A second one ends it."""

_INTERVAL = 0.05


class Watch:
    """Watches this process from a thread of its own, from `start` to `stop`."""

    def __init__(self, *, active: bool) -> None:
        self.active = active
        self.given: float = SECONDS
        """The time limit that was given."""
        self.seconds: float = SECONDS
        """How long the command may take in all, of which several questions may each have as long as was given."""
        self.grace = 0.0
        self.megabytes: int = MEGABYTES
        self.began = time.monotonic()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._signals: tuple[int, int] | None = None

    def start(self) -> None:
        """Begin to watch, once. Interrupts are heard only if this is the main thread."""
        if not self.active or self._thread is not None:
            return
        if threading.current_thread() is threading.main_thread():
            heard, woken = os.pipe()
            os.set_blocking(heard, False)
            os.set_blocking(woken, False)
            signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
            self._signals = heard, woken
        self._thread = threading.Thread(target=self._watch, name="limits", daemon=True)
        self._thread.start()

    def allow(self, questions: int) -> None:
        """The time that was given is for each of so many questions, and for what is done besides."""
        self.seconds += self.given * questions

    def stop(self) -> None:
        """The command has ended."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if self._signals is not None:
            signal.set_wakeup_fd(-1)
            for each in self._signals:
                os.close(each)

    def _watch(self) -> None:
        interrupted: float | None = None
        while not self._ended.wait(_INTERVAL):
            now = time.monotonic()
            if self._interrupts():
                if interrupted is not None:
                    _end("interrupted", INTERRUPTED)
                interrupted = now
            if interrupted is not None and now - interrupted > HEED:
                _end("interrupted", INTERRUPTED)
            if now - self.began > self.seconds + self.grace:
                _end(
                    f"stopped at the time limit, after {self.seconds:g} s, without an answer; "
                    "allow more (`--time-limit SECONDS`), or ask for less",
                    INCOMPLETE,
                )
            if memory_in_use() > self.megabytes * 1_000_000:
                _end(
                    f"stopped at the memory limit, {self.megabytes:,} MB, without an answer; "
                    "allow more (`--memory-limit MB`), or ask for less",
                    INCOMPLETE,
                )

    def _interrupts(self) -> bool:
        if self._signals is None:
            return False
        try:
            return signal.SIGINT in os.read(self._signals[0], 64)
        except BlockingIOError:
            return False


class Allowance:
    """Tells a search when it is to end with what it has found, so that this can still be said within the limits: it is
    called again and again, from when the search begins. What comes after takes about as long as half of what came
    before, so that much is kept of the time; of the memory, a fifth. An interrupt ends the search as well."""

    def __init__(self, watch: Watch, seconds: float) -> None:
        self.searching = False
        """Whether the search has begun."""
        self.interrupted = False
        self._watch = watch
        self._seconds = seconds
        self._began = time.monotonic()
        self._until = self._look = 0.0
        self._full = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if not self.searching:
            self.searching = True
            kept = min((now - self._began) / 2, self._seconds / 3)
            self._until = self._watch.began + self._seconds - kept
        if now > self._look:
            self._look = now + _INTERVAL
            self._full = self._full or memory_in_use() > self._watch.megabytes * 800_000
        return self.interrupted or self._full or now > self._until


def begun() -> float:
    """When the command that runs began, as `time.monotonic` tells the time: what is loaded before it counts as well."""
    context = click.get_current_context(silent=True)
    watch = None if context is None else context.find_object(Watch)
    return time.monotonic() if watch is None else watch.began


def allow_for_each(questions: int) -> None:
    """The time limit of the command that runs is for each of so many questions."""
    watch = click.get_current_context().find_object(Watch)
    if watch is not None:
        watch.allow(questions)


def _end(message: str, code: int) -> None:
    """End the process at once, whatever its other threads do."""
    try:
        os.write(2, f"attain: {message}\n".encode())
    finally:
        os._exit(code)


def _keep(seconds: bool) -> Callable[[click.Context, click.Parameter, float], float]:
    def keep(context: click.Context, _: click.Parameter, value: float) -> float:
        watch = context.find_object(Watch)
        if watch is not None and seconds:
            watch.given = watch.seconds = value
        elif watch is not None:
            watch.megabytes = int(value)
        return value

    return keep


def add_limits(command: click.Command) -> None:
    """The options `--time-limit` and `--memory-limit`, for a command that does not have them yet. A command that has a
    time limit of its own keeps to it by itself, and is ended only if it does not."""
    given = {parameter.name for parameter in command.params}
    memory: Any = click.Option(
        ["--memory-limit"],
        type=click.IntRange(min=50),
        default=MEGABYTES,
        show_default=True,
        expose_value=False,
        callback=_keep(False),
        help="Megabytes.",
    )
    if "memory_limit" not in given:
        command.params.append(memory)
    own = next((parameter for parameter in command.params if parameter.name == "time_limit"), None)
    if own is None:
        limit = click.Option(
            ["--time-limit"],
            type=click.FloatRange(min=0, min_open=True),
            default=SECONDS,
            show_default=True,
            expose_value=False,
            callback=_keep(True),
            help="Seconds.",
        )
        command.params.append(limit)
    elif own.callback is None:
        own.callback = _keep_own


def _keep_own(context: click.Context, parameter: click.Parameter, value: float) -> float:
    watch = context.find_object(Watch)
    if watch is not None:
        watch.grace = GRACE
    return _keep(True)(context, parameter, value)
