"""Editors count lines and UTF-16 units from 0; a character outside of the basic plane has two of them."""

from __future__ import annotations

import pytest

from attain_compiler.source import SourceFile

SOURCE = SourceFile("p", 'ab\n"🏡é𝟘" x\r\n\nlast')


@pytest.mark.parametrize("offset", [at for at in range(len(SOURCE.text) + 1) if SOURCE.text[at : at + 1] != "\n"])
def test_there_and_back(offset: int) -> None:
    assert SOURCE.offset_at(*SOURCE.utf16_position(offset)) == offset


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [
        (1, 1, 'ab\n"'),
        (1, 2, 'ab\n"'),
        (1, 3, 'ab\n"🏡'),
        (1, 4, 'ab\n"🏡é'),
        (1, 6, 'ab\n"🏡é𝟘'),
        (0, 99, "ab"),
        (1, 99, 'ab\n"🏡é𝟘" x'),
        (2, 0, 'ab\n"🏡é𝟘" x\r\n'),
        (9, 0, SOURCE.text),
    ],
    ids=str,
)
def test_a_place_in_the_middle_or_past_the_end(line: int, column: int, before: str) -> None:
    assert SOURCE.text[: SOURCE.offset_at(line, column)] == before
