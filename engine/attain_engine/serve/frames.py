"""Messages between the server and its workers: a head as JSON, and bytes, each with its length before it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

_LENGTHS: Final = struct.Struct(">II")
LENGTHS: Final = _LENGTHS.size
"""How many bytes the lengths of a message are."""


OUT_OF_MEMORY: Final = 75
"""The exit code of a worker that used up its memory."""


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A message."""
    written = json.dumps(head).encode()
    return _LENGTHS.pack(len(written), len(body)) + written + body


def lengths(data: bytes) -> tuple[int, int]:
    """The lengths of head and body."""
    head, body = _LENGTHS.unpack(data)
    return head, body


def received(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message of a stream; None at its end."""
    data = stream.read(LENGTHS)
    if len(data) < LENGTHS:
        return None
    head, body = lengths(data)
    return json.loads(stream.read(head)), stream.read(body)
