"""The workers: a few processes, each with one question at a time, ended when they take too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from attain_compiler.frozen import frozen
from attain_engine.serve.frames import LENGTHS, OUT_OF_MEMORY, lengths, packed
from attain_engine.serve.models import Problem
from attain_engine.serve.problems import problem

WORKER = "attain_engine.serve.worker"
"""The module that a worker runs."""

MOST_WAITING: Final = 32
"""So many questions may wait for a worker; further ones are refused."""

GRACE: Final = 25
"""Seconds beyond its limit that a plan has to end by itself, with the best it found, or with why there is none."""

LONGEST_START: Final = 60
"""Seconds that a worker has to load what it needs."""

LET_FINISH: Final = 1
"""Seconds that a question has to end when nobody waits for its answer any more."""

_LOOKING: Final = 0.1


_Found = TypeVar("_Found")


class Refused(Exception):
    """There is no answer; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class Gone(Exception):
    """Whoever asked does not wait any more."""


@frozen
class Limits:
    """For each question: seconds, and megabytes of its process. `processes` is how many questions at once."""

    seconds: int = 60
    megabytes: int = 2_000
    processes: int = 2


@frozen
class Reply:
    """What a worker answered: an HTTP status, what the body is, and the body."""

    status: int
    type: str
    body: bytes


@frozen
class Upload:
    """A file that was uploaded, and the mapping that was uploaded beside it."""

    name: str
    content: bytes
    mapping: bytes = b""

    @property
    def size(self) -> int:
        return len(self.content) + len(self.mapping)


class _Worker:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @staticmethod
    async def started(root: Path, limits: Limits) -> _Worker:
        arguments = ("-P", "-m", WORKER, str(root), str(limits.seconds), str(limits.megabytes))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=os.name == "posix",  # so that all its processes can be ended, and no interrupt reaches it
        )
        return _Worker(process)

    async def ask(self, message: bytes) -> Reply:
        """Raises asyncio.IncompleteReadError or ConnectionError where the worker has ended."""
        assert self.process.stdin is not None
        self.process.stdin.write(message)
        await self.process.stdin.drain()
        return await self.received()

    async def received(self) -> Reply:
        """The next message of the worker. Raises as `ask` does."""
        assert self.process.stdout is not None
        head_length, body_length = lengths(await self.process.stdout.readexactly(LENGTHS))
        head = json.loads(await self.process.stdout.readexactly(head_length))
        return Reply(head["status"], head["type"], await self.process.stdout.readexactly(body_length))

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()

    async def ended(self) -> int:
        self.kill()
        return await self.process.wait()


class Pool:
    """Up to `limits.processes` workers for one folder, started when they are needed."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self.root = root.resolve()
        self.limits = limits
        self._free = asyncio.Semaphore(limits.processes)
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._waiting = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def ask(
        self, kind: str, question: Mapping[str, Any], upload: Upload | None, gone: Callable[[], Awaitable[bool]]
    ) -> Reply:
        """What a worker answers. `gone` says whether nobody waits any more. Raises Refused, and Gone."""
        if self._waiting >= MOST_WAITING:
            raise Refused(problem(503, "busy", "too many questions at once", "ask again in a moment"))
        self._waiting += 1
        asking = self._task(self._asked(kind, question, upload))
        try:
            while not asking.done():
                await asyncio.wait((asking,), timeout=_LOOKING)
                if not asking.done() and await gone():
                    raise Gone
            return asking.result()
        finally:
            self._waiting -= 1
            asking.cancel()

    async def start(self) -> None:
        """Have one worker ready, so that the first question need not wait for it."""
        with contextlib.suppress(Refused):  # then the first question says why
            self._idle.append(await self._new())

    async def close(self) -> None:
        """End all workers, and what still asks them."""
        self._closed = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in tuple(self._all):
            await worker.ended()
        self._all.clear()
        self._idle.clear()

    async def _new(self) -> _Worker:
        """A worker that has loaded what it needs: that is no part of the time of a question. Raises Refused."""
        worker = await _Worker.started(self.root, self.limits)
        self._all.add(worker)
        ready = self._task(worker.received())
        try:
            await asyncio.wait_for(asyncio.shield(ready), LONGEST_START)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            raise Refused(_ended(await self._end(worker, ready), self.limits)) from None
        except asyncio.CancelledError:
            ready.cancel()
            worker.kill()
            raise
        return worker

    async def _asked(self, kind: str, question: Mapping[str, Any], upload: Upload | None) -> Reply:
        await self._free.acquire()
        release = True
        try:
            worker = await self._ready()
            with _Scratch(upload) as scratch:
                head: dict[str, Any] = {"kind": kind, "question": question}
                if upload is not None:
                    head["upload"] = {"name": upload.name, "scratch": scratch, "bytes": len(upload.content)}
                message = packed(head, upload.content + upload.mapping if upload is not None else b"")
                answering = self._task(worker.ask(message))
                try:
                    reply = await asyncio.wait_for(asyncio.shield(answering), self.limits.seconds + GRACE)
                except TimeoutError:
                    await self._end(worker, answering)
                    raise Refused(_out_of_time(self.limits)) from None
                except (asyncio.IncompleteReadError, ConnectionError):
                    code = await self._end(worker, answering)
                    raise Refused(_ended(code, self.limits)) from None
                except asyncio.CancelledError:
                    if not self._closed:
                        release = False
                        self._task(self._let_finish(worker, answering))
                    raise
            self._idle.append(worker)
            return reply
        finally:
            if release:
                self._free.release()

    async def _ready(self) -> _Worker:
        """A worker that waits; one that has ended meanwhile is replaced."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                return worker
            self._all.discard(worker)
        return await self._new()

    async def _let_finish(self, worker: _Worker, answering: asyncio.Task[Reply]) -> None:
        """Nobody waits for the answer. If it comes soon the worker goes on, with what it has read."""
        try:
            await asyncio.wait_for(asyncio.shield(answering), LET_FINISH)
            self._idle.append(worker)
        except Exception:
            await self._end(worker, answering)
        finally:
            self._free.release()

    async def _end(self, worker: _Worker, answering: asyncio.Task[Reply]) -> int:
        self._all.discard(worker)
        ended = worker.process.returncode
        if ended is None:
            with contextlib.suppress(TimeoutError):  # one that ends by itself says with which code
                ended = await asyncio.wait_for(worker.process.wait(), _LOOKING)
        code = await worker.ended() if ended is None else ended
        answering.cancel()
        with contextlib.suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            await answering
        return code

    def _task(self, work: Coroutine[Any, Any, _Found]) -> asyncio.Task[_Found]:
        """A task that is kept until it is done, so that it can be ended with the pool."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


class _Scratch:
    """A folder for the time of one question, where a file is uploaded; it is gone after, whatever became of the
    worker."""

    def __init__(self, upload: Upload | None) -> None:
        self._folder = None if upload is None else tempfile.TemporaryDirectory(prefix="attain-")

    def __enter__(self) -> str:
        return "" if self._folder is None else self._folder.name

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()


def _out_of_time(limits: Limits) -> Problem:
    fix = "ask for less, or serve with a greater `--time-limit`"
    return problem(503, "time-limit", f"stopped at the time limit, after {limits.seconds} s, without an answer", fix)


def _ended(code: int, limits: Limits) -> Problem:
    if code == OUT_OF_MEMORY:
        fix = "ask for less, or serve with a greater `--memory-limit`"
        detail = f"stopped at the memory limit, {limits.megabytes:,} MB, without an answer"
        return problem(503, "memory-limit", detail, fix)
    return problem(500, "internal-error", f"the process that answers ended with code {code}", "please report it")
