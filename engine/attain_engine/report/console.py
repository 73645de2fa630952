"""What an output can show."""

from __future__ import annotations

from attain_compiler.frozen import frozen


@frozen
class Console:
    """What a stream can show: ANSI colours, marks outside of ASCII, and how many columns."""

    color: bool
    unicode: bool
    columns: int
