"""Answers as text keep to the width of the terminal."""

from __future__ import annotations

import pytest

from attain_engine.report.console import Console
from attain_engine.report.paper import Paper, visible, wrap

LONG = "a requirement whose title goes on and on, so that no terminal has room for it on one line"


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    paper = Paper(Console(color=True, unicode=True, columns=columns))
    paper.line(f"  {LONG}")
    paper.table([["✗ total", LONG, "27.5"], ["✓ b", paper.styled(LONG, "bad"), "1"]], indent=2, right=(2,))
    paper.flow((paper.styled(LONG[:40], "strong"), "NOT QUALIFIED", "27.5 points"), "   ")
    assert max(map(visible, paper.lines)) <= columns


def test_nothing_is_lost_and_what_is_one_stays_whole() -> None:
    paper = Paper(Console(color=False, unicode=True, columns=60))
    paper.flow(("x" * 50, "NOT QUALIFIED", "27.5 points"), "   ")
    paper.line(LONG)
    assert paper.lines[:2] == ["x" * 50, "  NOT QUALIFIED   27.5 points"]
    assert " ".join(" ".join(paper.lines[2:]).split()) == LONG


def test_a_style_goes_on_from_line_to_line() -> None:
    assert wrap("\x1b[31mone two\x1b[0m", 4) == ["\x1b[31mone\x1b[0m", "\x1b[31mtwo\x1b[0m"]
