"""Doing what a page says: its policies and files are written, its commands and programs run, in the order of the page.

- `attain` blocks: a `policy` or `library` line starts the file of that name; blocks without one are added to the last.
- `<!-- file: NAME -->` before a block writes that file.
- `console` blocks: what follows `$ attain ...` is what that command writes. Blocks with other commands are not run.
- `python` blocks are run one after another; a `text` block that follows directly is what the one before it prints.
"""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from attain_engine.cli import main
from attain_engine.cli.exit_codes import INTERNAL_ERROR
from tests.documents.page import Block, blocks

_HEADER = re.compile(r"^(?:policy|library) (\S+)", re.MULTILINE)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
NOT_RUN = frozenset({"make", "git", "pip"})


class Session:
    """A folder in which a page is being run; `policies` are those that it builds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.policies: dict[str, Path] = {}
        self._policy: Path | None = None
        self._names: dict[str, Any] = {"__name__": "page"}

    def take(self, block: Block) -> str | None:
        """Do what a block says; the text that should stand in it, or None if it stands for itself."""
        if block.file:
            self._write(block.file, block.text)
        elif block.language == "attain" and not block.taken_from:
            self.extend(block.text)
        elif block.language == "console":
            return self._console(block.text)
        return None

    def extend(self, text: str) -> None:
        """Add a block to the policy that is being written, or start another one with it."""
        header = _HEADER.match(text)
        if header:
            self._policy = self.policies[header[1]] = self.folder / f"{header[1]}.attain"
            self._policy.write_text(text, encoding="utf-8")
        else:
            assert self._policy is not None, "a policy starts with its header"
            before = self._policy.read_text(encoding="utf-8")
            self._policy.write_text(f"{before}\n{text}", encoding="utf-8")

    def program(self, text: str) -> str:
        """What a program prints; the names that it binds stay for the next one."""
        with _captured() as written:
            exec(compile(text, "page", "exec"), self._names)
        return written()

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _console(self, text: str) -> str | None:
        commands = _COMMAND.findall(text)
        if any(command.split()[0] in NOT_RUN for command in commands):
            return None
        return "".join(f"$ {command}\n{self._command(command)}" for command in commands)

    def _command(self, text: str) -> str:
        program, *arguments = shlex.split(text)
        assert program == "attain", f"`{program}` is no command that pages use"
        with _captured() as written:
            code = main(arguments)
        assert code != INTERNAL_ERROR, written()
        return written()


@contextmanager
def _captured() -> Iterator[Callable[[], str]]:
    """What gives everything that is written to standard output and standard error, in the order of a terminal."""
    held = io.BytesIO()
    stream = io.TextIOWrapper(held, encoding="utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        yield lambda: "".join(f"{line.rstrip()}\n" for line in held.getvalue().decode().rstrip("\n").splitlines())
    stream.detach()  # or it closes what it was wrapped around when it goes


def ran(page: str, folder: Path) -> str:
    """The page as it should be: with what its commands and programs write. The current folder must be `folder`."""
    session = Session(folder)
    parts = []
    done = 0
    for block, output in _outputs(session, blocks(page)):
        if output is not None:
            parts += [page[done : block.start], output]
            done = block.end
    return "".join([*parts, page[done:]])


def built(page: str, folder: Path) -> dict[str, Path]:
    """The policies that a page builds, whole, by their names."""
    session = Session(folder)
    for block in blocks(page):
        if block.language == "attain" and not block.taken_from and not block.file:
            session.extend(block.text)
    return session.policies


def _outputs(session: Session, found: list[Block]) -> Iterator[tuple[Block, str | None]]:
    printed: str | None = None
    for block in found:
        if block.language == "text" and block.follows and printed is not None:
            yield block, printed
            printed = None
            continue
        assert not printed, f"what this prints is not shown before the next block: {printed}"
        printed = session.program(block.text) if block.language == "python" else None
        yield block, session.take(block)
    assert not printed, f"what this prints is not shown: {printed}"
