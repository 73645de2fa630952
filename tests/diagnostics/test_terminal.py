"""How a diagnostic looks in a terminal."""

from __future__ import annotations

import pytest

from attain_compiler.diagnostics.model import Diagnostic, Fix, Label, Severity
from attain_compiler.diagnostics.render.findings import Findings
from attain_compiler.diagnostics.render.terminal import render_terminal
from attain_compiler.source import SourceFile, Span

PATH = "policies/modern_work.attain"


def at(text: str, part: str, path: str = PATH) -> Span:
    start = text.index(part)
    return Span(path, start, start + len(part))


def rendered(text: str, diagnostic: Diagnostic, *, color: bool = False, columns: int = 120) -> str:
    return render_terminal(Findings((diagnostic,), {PATH: SourceFile(PATH, text)}), color=color, columns=columns)


def test_places_of_other_lines_follow_the_first_one() -> None:
    text = "\n" * 18 + "record Usage\n" + "\n" * 21 + "  u.paid_seat in seats(t)\n"
    diagnostic = Diagnostic(
        "unknown-name",
        "no field `paid_seat` on `Usage`",
        at(text, "paid_seat"),
        "did you mean `paid_seats`?",
        (Label(at(text, "record Usage"), "its fields are declared here"),),
    )
    assert rendered(text, diagnostic) == (
        """\
error[unknown-name]: no field `paid_seat` on `Usage`
  --> policies/modern_work.attain:41:5
   |
41 |   u.paid_seat in seats(t)
   |     ^^^^^^^^^ did you mean `paid_seats`?
   |
  ::: policies/modern_work.attain:19:1
   |
19 | record Usage
   | ------------ its fields are declared here

"""
    )


def test_places_on_one_line_share_it() -> None:
    text = "a and b or c\n"
    diagnostic = Diagnostic(
        "mixed-and-or",
        "`and` is mixed with `or`",
        at(text, "or"),
        "this `or`",
        (Label(at(text, "and"), "and this `and`"),),
        help="put parentheses around what belongs together",
    )
    assert rendered(text, diagnostic) == (
        """\
error[mixed-and-or]: `and` is mixed with `or`
 --> policies/modern_work.attain:1:9
  |
1 | a and b or c
  |         ^^ this `or`
  |   --- and this `and`
  |
  = help: put parentheses around what belongs together

"""
    )


def test_a_place_of_several_lines_shows_its_first_and_its_last() -> None:
    text = "define a\n  b\n  c\n  d\n\nmeasure x count\n"
    span = Span(PATH, 0, text.index("measure"))
    assert rendered(text, Diagnostic("unused", "`a` is never used", span, "all of it", severity=Severity.WARNING)) == (
        """\
warning[unused]: `a` is never used
 --> policies/modern_work.attain:1:1
  |
1 | define a
  | ^^^^^^^^
...
4 |   d
  |   ^ all of it

"""
    )


def test_a_place_of_two_lines_leaves_nothing_out() -> None:
    text = "define a\n  b\n"
    assert "..." not in rendered(text, Diagnostic("unused", "`a` is never used", Span(PATH, 0, len(text))))


def test_a_file_that_could_not_be_read_is_named_without_a_snippet() -> None:
    diagnostic = Diagnostic("unreadable-file", "cannot read `x`: no such file", Span("x", 0, 0))
    assert rendered("", diagnostic) == "error[unreadable-file]: cannot read `x`: no such file\n --> x\n\n"


def test_a_second_place_in_an_unread_file_keeps_its_text() -> None:
    diagnostic = Diagnostic("a-code", "m", Span(PATH, 0, 1), "", (Label(Span("gone", 0, 0), "declared there"),))
    assert rendered("x\n", diagnostic).endswith("  |\n ::: gone: declared there\n\n")


def test_the_end_of_the_file_can_be_marked() -> None:
    text = "policy a\n"
    assert rendered(text, Diagnostic("unexpected-end", "m", Span(PATH, len(text), len(text)), "here")).endswith(
        "2 |\n  | ^ here\n\n"
    )


def test_an_empty_file_can_be_marked() -> None:
    assert rendered("", Diagnostic("no-policy", "m", Span(PATH, 0, 0), "here")).endswith("1 |\n  | ^ here\n\n")


def test_marks_stand_below_what_follows_tabs() -> None:
    text = "\tseats\tcount\n"
    assert rendered(text, Diagnostic("a-code", "m", at(text, "count"))).endswith(
        "1 |     seats    count\n  |              ^^^^^\n\n"
    )


def test_marks_stand_below_what_follows_wide_and_combining_characters() -> None:
    text = '"漢字" "e\u0301" x\n'
    assert rendered(text, Diagnostic("a-code", "m", at(text, "x"))).endswith(
        '1 | "漢字" "e\u0301" x\n  |            ^\n\n'
    )


def test_a_wide_character_is_marked_in_its_whole_width() -> None:
    assert rendered("漢\n", Diagnostic("a-code", "m", Span(PATH, 0, 1))).endswith("1 | 漢\n  | ^^\n\n")


def test_a_windows_line_end_is_not_shown() -> None:
    assert rendered("x\r\ny\r\n", Diagnostic("a-code", "m", Span(PATH, 0, 1))).endswith("1 | x\n  | ^\n\n")


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x00", "\x9b", "\u202e", "\u2066", "\u2028", "\x7f"])
def test_characters_that_drive_a_terminal_or_reorder_text_never_reach_it(character: str) -> None:
    text = f"{character}[31mx\n"
    diagnostic = Diagnostic(
        "a-code", f"m {character}", at(text, "x"), f"l {character}", help=f"h {character}", severity=Severity.NOTE
    )
    assert character not in rendered(text, diagnostic)


@pytest.mark.parametrize("where", [0, 150, 300, 590], ids=str)
def test_a_long_line_is_cut_around_its_mark(where: int) -> None:
    text = "a" * where + "X" + "b" * (600 - where) + "\n"
    lines = rendered(text, Diagnostic("a-code", "m", at(text, "X"), "here"), columns=80).splitlines()
    assert max(map(len, lines[:-2])) <= 80
    assert lines[3].index("X") == lines[4].index("^")


def test_a_mark_that_is_too_long_for_its_line_is_cut() -> None:
    text = "a " + "X" * 500 + "\n"
    lines = rendered(text, Diagnostic("a-code", "m", at(text, "X" * 500)), columns=80).splitlines()
    assert max(map(len, lines)) <= 80
    assert set(lines[4].removeprefix("  | ").strip()) == {"^"}


def test_a_second_place_that_the_cut_leaves_out_gets_a_snippet_of_its_own() -> None:
    text = "X" + "a" * 500 + "Y\n"
    diagnostic = Diagnostic("a-code", "m", at(text, "X"), "", (Label(at(text, "Y"), "other"),))
    shown = rendered(text, diagnostic, columns=80)
    assert f" ::: {PATH}:1:502\n" in shown
    assert "Y\n" in shown


def test_a_fix_is_named_when_nothing_else_names_it() -> None:
    fix = Fix(Span(PATH, 0, 1), "at least", "replace it by `at least`")
    assert rendered("x\n", Diagnostic("a-code", "m", Span(PATH, 0, 1), fix=fix)).endswith(
        "  |\n  = fix: replace it by `at least`\n\n"
    )


def test_a_fix_that_the_label_gives_is_not_repeated() -> None:
    fix = Fix(Span(PATH, 0, 1), "seats", "write `seats`")
    diagnostic = Diagnostic("a-code", "m", Span(PATH, 0, 1), "did you mean `seats`?", fix=fix)
    assert "fix" not in rendered("x\n", diagnostic)


def test_without_color_there_are_no_escape_sequences() -> None:
    assert "\x1b" not in rendered("x\n", Diagnostic("a-code", "m", Span(PATH, 0, 1), "l", help="h"))


def test_color_adds_nothing_but_escape_sequences() -> None:
    import re

    diagnostic = Diagnostic("a-code", "m", Span(PATH, 0, 1), "l", (Label(Span(PATH, 2, 3), "o"),), help="h")
    plain = rendered("x\ny\n", diagnostic)
    painted = rendered("x\ny\n", diagnostic, color=True)
    assert painted != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain
