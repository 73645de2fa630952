"""Formatting changes the lines that need it, and no others."""

from __future__ import annotations

from attain_engine.lsp.layout import formatting, formatting_on_type
from attain_engine.lsp.rename import applied
from tests.lsp.drawing import GRANT, HOME, cut, workspace

WHOLE = (HOME / "grant.attain").read_text(encoding="utf-8")


def test_a_policy_that_is_laid_out_is_left_alone() -> None:
    assert formatting(workspace(), GRANT) == ()


def test_only_the_lines_that_change_are_replaced() -> None:
    files = workspace(grant=WHOLE.replace("  small 10, large 100", "    small   10,large 100"))
    (edit,) = formatting(files, GRANT)
    assert applied(files, [edit])[GRANT] == WHOLE
    assert edit.text == "  small 10, large 100\n"


def test_a_policy_with_a_mistake_of_syntax_is_left_alone() -> None:
    assert formatting(workspace(grant=WHOLE.replace("counts(m)", "counts(m", 1)), GRANT) == ()


def test_a_line_break_lays_out_the_declaration_above_it() -> None:
    wrong = WHOLE.replace('  large  "Large clubs"', '  large "Large clubs"')
    text, offset = cut(wrong.replace('  source S-1, "clubs', '  ‸source S-1, "clubs'))
    files = workspace(grant=text)
    (edit,) = formatting_on_type(files, GRANT, offset)
    assert applied(files, [edit])[GRANT] == WHOLE


def test_the_line_of_the_cursor_is_left_as_it_is_typed() -> None:
    wrong = WHOLE.replace('  large  "Large clubs"', '  large ‸"Large clubs"')
    text, offset = cut(wrong)
    assert formatting_on_type(workspace(grant=text), GRANT, offset) == ()


def test_other_declarations_are_left_alone_while_one_types() -> None:
    wrong = WHOLE.replace("  small 10, large 100", "  small   10, large 100")
    text, offset = cut(wrong.replace("define counts(m Member)\n", "define counts(m Member)\n‸"))
    assert formatting_on_type(workspace(grant=text), GRANT, offset) == ()
