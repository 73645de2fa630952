"""No question holds the server up, and no worker outlives it."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import pytest

from attain_engine.cli import main
from attain_engine.cli import serve as command
from attain_engine.serve import pool
from attain_engine.serve.pool import Gone, Limits, Pool, Refused
from tests.cli.conftest import SOURCES
from tests.serve.policies import CLUB

ROOT = Path(__file__).parents[2]
ONE = Limits(processes=1)

_Found = TypeVar("_Found")


async def _here() -> bool:
    return False


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{SOURCES}{os.pathsep}{ROOT}")


def with_pool(
    root: Path, run: Callable[[Pool], Awaitable[_Found]], limits: Limits = ONE, *, stand_in: bool = True
) -> _Found:
    """What `run` comes to with a pool whose workers are stand-ins: they sleep or die when they are asked to."""

    async def whole() -> _Found:
        workers = Pool(root, limits)
        try:
            return await run(workers)
        finally:
            processes = [each.process for each in workers._all]
            await workers.close()
            assert all(each.returncode is not None for each in processes)

    before = pool.WORKER
    pool.WORKER = "tests.serve.stand_in" if stand_in else before
    try:
        return asyncio.run(whole())
    finally:
        pool.WORKER = before


def asked(workers: Pool, kind: str, gone: Callable[[], Awaitable[bool]] = _here) -> Awaitable[pool.Reply]:
    return workers.ask(kind, {}, None, gone)


def code_of(workers: Pool, kind: str) -> Awaitable[str]:
    async def refused() -> str:
        with pytest.raises(Refused) as told:
            await asked(workers, kind)
        return told.value.problem.code

    return refused()


def test_a_question_that_takes_too_long_is_ended_and_the_next_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "GRACE", 0)

    async def run(workers: Pool) -> tuple[str, bytes]:
        return await code_of(workers, "sleep"), (await asked(workers, "say")).body

    assert with_pool(tmp_path, run, Limits(seconds=1, processes=1)) == ("time-limit", b"said")


@pytest.mark.parametrize(("kind", "code"), [("out of memory", "memory-limit"), ("die", "internal-error")])
def test_a_worker_that_ends_is_replaced(kind: str, code: str, tmp_path: Path) -> None:
    async def run(workers: Pool) -> tuple[str, bytes]:
        return await code_of(workers, kind), (await asked(workers, "say")).body

    assert with_pool(tmp_path, run) == (code, b"said")


def test_a_real_worker_keeps_to_its_memory(tmp_path: Path) -> None:
    (tmp_path / "club.attain").write_text(CLUB, encoding="utf-8")

    async def run(workers: Pool) -> str:
        with pytest.raises(Refused) as told:
            await workers.ask("contents", {"policy": "club.attain"}, None, _here)
        return told.value.problem.code

    assert with_pool(tmp_path, run, Limits(megabytes=1, processes=1), stand_in=False) == "memory-limit"


def test_what_nobody_waits_for_does_not_hold_up_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LET_FINISH", 0)

    async def gone() -> bool:
        return True

    async def run(workers: Pool) -> bytes:
        with pytest.raises(Gone):
            await asked(workers, "sleep", gone)
        return (await asked(workers, "say")).body

    assert with_pool(tmp_path, run) == b"said"


def test_a_worker_that_is_soon_done_is_kept(tmp_path: Path) -> None:
    async def run(workers: Pool) -> tuple[bytes, bytes]:
        first = (await asked(workers, "who")).body
        task = asyncio.ensure_future(asked(workers, "say"))
        await asyncio.sleep(0)
        task.cancel()
        return first, (await asked(workers, "who")).body

    first, second = with_pool(tmp_path, run)
    assert first == second


def test_not_everybody_may_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "MOST_WAITING", 1)

    async def run(workers: Pool) -> str:
        first = asyncio.ensure_future(asked(workers, "sleep"))
        await asyncio.sleep(0)
        found = await code_of(workers, "say")
        first.cancel()
        return found

    assert with_pool(tmp_path, run) == "busy"


def test_what_a_library_prints_is_no_part_of_an_answer(tmp_path: Path) -> None:
    async def run(workers: Pool) -> bytes:
        return (await workers.ask("listing", {}, None, _here)).body

    assert with_pool(tmp_path, run, stand_in=False).startswith(b"{")


# ------------------------------------------------------------ the command


@pytest.mark.skipif(os.name != "posix", reason="sends an interrupt")
def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "club.attain").write_text(CLUB, encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the folder was run')", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "attain_engine", "serve", "--port", "0"],
        cwd=tmp_path, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": SOURCES},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address is not None
        assert str(tmp_path.resolve()) in said
        with urllib.request.urlopen(f"{address[0]}api/contents?policy=club.attain") as answer:
            assert answer.status == 200
        children = _children(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert not [each for each in children if _runs(each)]
    finally:
        process.kill()
        process.wait()
        process.stdout.close() if process.stdout else None


def _children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(each) for each in listed.read_text(encoding="ascii").split()] if listed.exists() else []


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_without_its_packages_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "NEEDED", ("fastapi", "a_package_that_is_not_there"))
    assert main(["serve"]) == 2
    assert 'pip install "attain[serve]"' in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from attain_engine.serve.server import address_of, listening

    with listening("127.0.0.1", 0) as taken:
        assert main(["serve", "--port", str(address_of(taken)[1])]) == 2
    assert "give another `--port`" in capsys.readouterr().err


def test_whoever_listens_beyond_this_machine_is_warned(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from attain_engine.serve import server

    given: list[Any] = []
    monkeypatch.setattr(server, "serve", lambda listener, *more: (listener.close(), given.append(more)))
    for host, warned in (("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)):
        assert main(["serve", "--host", host, "--port", "0"]) == 0
        assert ("can be reached from other machines" in capsys.readouterr().err) is warned
    assert given[0][1:] == (Limits(60, 2_000, 2), ("127.0.0.1",))


def test_the_command_is_among_the_others() -> None:
    context = click.Context(command.command)
    assert {"--host", "--port", "--open", "--processes", "--time-limit", "--memory-limit", "--allow-host"} <= {
        each for one in command.command.get_params(context) for each in one.opts
    }


def test_a_question_that_is_given_up_while_its_worker_starts_leaves_no_error_behind(tmp_path: Path) -> None:
    told: list[str] = []

    async def gone() -> bool:
        return True

    async def run(workers: Pool) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["message"]))
        with pytest.raises(Gone):
            await workers.ask("sleep", {}, None, gone)
        while workers._tasks:
            await asyncio.wait(tuple(workers._tasks))
        gc.collect()

    with_pool(tmp_path, run)
    assert told == []
