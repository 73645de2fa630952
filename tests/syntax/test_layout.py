"""Which line belongs to what."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.layout import with_layout
from attain_compiler.syntax.tokens import scan
from tests.syntax.shown import codes, declared, shown

LAYOUTS = [
    ("one line", "import a", "import a"),
    ("a block", "enum A\n  b\n  c", "enum A ( b ; c )"),
    ("a line that goes on", "enum A\n  b\n    c\n  d", "enum A ( b c ; d )"),
    ("blank lines and comments", "enum A\n\n  b\n# c\n\n      # d\n  e", "enum A ( b ; e )"),
    ("a block in a block", "define a\n  all of\n    b\n    c\n  d", "define a ( all of ( b ; c ) ; d )"),
    ("a line that goes on after a block", "define a\n  b all of\n      c\n    d", "define a ( b all of ( c ) d )"),
    (
        "two blocks that end together",
        "define a\n  all of\n    any of\n      b\n  c",
        "define a ( all of ( any of ( b ) ) ; c )",
    ),
    ("at least ... of", "define a\n  at least 2 of\n    b", "define a ( at least 2 of ( b ) )"),
    ("at least over two lines", "define a\n  b at\n    least c", "define a ( b at least c )"),
    ("a comparison with a word of two", "define a\n  b at least month of\n    c", "define a ( b at least month of c )"),
    ("by case", "define a\n  by case\n    b", "define a ( by case ( b ) )"),
    ("once for", "define a\n  each A a once for\n    b", "define a ( each A a once for ( b ) )"),
    ("a tier", "designation a\n  tier b\n    c\n    d", "designation a ( tier b ( c ; d ) )"),
    (
        "an option in a tier",
        "designation a\n  tier b\n    option c\n      d",
        "designation a ( tier b ( option c ( d ) ) )",
    ),
    ("a field called tier", "record a\n  tier b\n    c", "record a ( tier b c )"),
    ("rows", "example a\n  given B\n    c d\n    e f", "example a ( given B ( c d ; e f ) )"),
    ("a row in braces", "example a\n  given B { c }\n    d", "example a ( given B { c } d )"),
    ("lines in braces are free", "enum A {\nb,\n    c\n}", "enum A { b , c }"),
    ("lines in parentheses are free", "define a(b C,\n   d E)\n  f", "define a ( b C , d E ) ( f )"),
    ("a claim goes on", "claim a\n  implies b", "claim a implies b"),
    ("a claim below its title", 'claim "a"\n  b\n  c', 'claim "a" ( b ; c )'),
]
SIGNS = {"_INDENT": "(", "_NEWLINE": ";", "_DEDENT": ")"}


@pytest.mark.parametrize(("text", "layout"), [each[1:] for each in LAYOUTS], ids=[each[0] for each in LAYOUTS])
def test_lines_begin_blocks_or_go_on(text: str, layout: str) -> None:
    tokens = with_layout(scan(text).tokens)
    assert " ".join([SIGNS.get(token.kind, token.text) for token in tokens]) == layout


def test_line_ends_of_another_system_do_not_matter() -> None:
    text = "define a\n  all of\n    b\n    c\n"
    assert declared(text.replace("\n", "\r\n")) == declared(text)


def test_the_width_of_an_indentation_does_not_matter() -> None:
    narrow, wide = "define a\n any of\n  b\n  c\n", "define a\n    any of\n            b\n            c\n"
    assert declared(narrow) == declared(wide)


def test_a_note_may_stand_below_what_it_is_about() -> None:
    below = 'designation d\n  require a yes\n    source S1\n      because "b"\n  source S2\n'
    beside = 'designation d source S2\n  require a yes source S1 because "b"\n'
    assert shown(declared(below)) == shown(declared(beside))


def test_a_line_that_begins_with_and_is_told_to_go_on() -> None:
    assert codes("define a\n  b\n  and c\n") == ["unexpected-text"]


def test_a_block_that_is_not_indented_is_missed() -> None:
    assert codes("define a\n  all of\n  b\n  c\n") == ["unfinished"]


def test_a_tab_is_refused() -> None:
    assert codes("enum A\n\tb\n") == ["tab"]
