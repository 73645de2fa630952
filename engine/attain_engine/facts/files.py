"""Files as text, or why they cannot be read."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from attain_engine.facts.problem import FactsProblem

LARGEST = 200_000_000
"""Bytes. A larger file of facts is refused before it fills the memory."""

STDIN = Path("-")
"""The path that means standard input."""


def shown_path(path: Path) -> str:
    """The path for messages."""
    return "standard input" if path == STDIN else str(path)


def is_folder(path: Path) -> bool:
    """Whether there is a folder at this path, as far as can be told."""
    try:
        return path.is_dir()
    except OSError:  # it cannot be looked at; reading it will say why
        return False


def irregular(path: Path) -> FactsProblem | None:
    """Why what stands at the path is no file that can be read to its end; None where it is one, or is not there. A pipe
    may wait for ever, and a device never end."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # opening it will say why
        return None
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return FactsProblem(
        "facts-unreadable",
        "the facts cannot be read: this is a pipe or a device, not a file",
        shown_path(path),
        help="give a file; `-` stands for JSON on standard input",
    )


def unreadable(path: Path, error: OSError | ValueError) -> FactsProblem:
    """What is said of a file that cannot be opened."""
    reason = (getattr(error, "strerror", None) or "it cannot be opened").lower()
    return FactsProblem(
        "facts-unreadable",
        f"the facts cannot be read: {reason}",
        shown_path(path),
        help="check the path and who may read it",
    )


def beginning(path: Path) -> bytes | FactsProblem:
    """The first bytes of a file, by which its format is known."""
    refused = irregular(path)
    if refused is not None:
        return refused
    try:
        with path.open("rb") as file:
            return file.read(16)
    except (OSError, ValueError) as error:  # a path with a zero byte in it is a ValueError
        return unreadable(path, error)


def read_text(path: Path, largest: int = LARGEST) -> str | FactsProblem:
    """The text of a UTF-8 file, with or without a byte order mark."""
    name = shown_path(path)
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(largest + 1)
        else:
            refused = irregular(path)
            if refused is not None:
                return refused
            with path.open("rb") as file:
                data = file.read(largest + 1)
    except (OSError, ValueError) as error:  # a path with a zero byte in it is a ValueError
        return unreadable(path, error)
    if len(data) > largest:
        limit = f"{largest // 1_000_000} MB"
        return FactsProblem(
            "facts-too-large", f"the file is larger than {limit}", name, help="give the facts of one organisation"
        )
    return _decoded(data, name)


def _decoded(data: bytes, name: str) -> str | FactsProblem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FactsProblem(
            "facts-not-text",
            "the file is UTF-16, not UTF-8",
            name,
            help="save it as UTF-8; a spreadsheet calls this `CSV UTF-8`",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return FactsProblem(
            "facts-not-text",
            f"the file is not UTF-8: byte 0x{data[error.start]:02x} cannot be read",
            name,
            line=line,
            help="save it as UTF-8; a spreadsheet calls this `CSV UTF-8`",
        )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return FactsProblem(
            "facts-not-text",
            "the file is not text: it has a zero byte",
            name,
            line=line,
            help="save it as text in UTF-8",
        )
    return text
