"""Which line belongs to what."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.parse import read
from tests.syntax.shown import codes, declared, shown, source

LAYOUTS = [
    ("one line", "import a", "import a"),
    ("an import that goes on", "import\n  a", "import a"),
    ("a block", "enum A\n  b\n  c", "enum A ( b ; c )"),
    ("a line that goes on", 'enum A\n  b\n    "c"\n  d', 'enum A ( b "c" ; d )'),
    ("blank lines and comments", "enum A\n\n  b\n# c\n\n      # d\n  e", "enum A ( b ; e )"),
    (
        "a block in a block",
        'define a\n  all of\n    b\n    c\n  because "d"',
        'define a ( all of ( b ; c ) ; because "d" )',
    ),
    ("a line that goes on after a block", "define a\n  all of\n      c\n    and d", "define a ( all of ( c ) and d )"),
    (
        "two blocks that end together",
        'define a\n  all of\n    any of\n      b\n  because "c"',
        'define a ( all of ( any of ( b ) ) ; because "c" )',
    ),
    ("at least ... of", "define a\n  at least 2 of\n    b", "define a ( at least 2 of ( b ) )"),
    ("at least a call of", "define a\n  at least n(t) of\n    b", "define a ( at least n ( t ) of ( b ) )"),
    ("at least over two lines", "define a\n  b at\n    least c", "define a ( b at least c )"),
    ("a comparison with a word of two", "define a\n  b at least month of\n    c", "define a ( b at least month of c )"),
    ("by case", "define a\n  by case\n    b otherwise", "define a ( by case ( b otherwise ) )"),
    (
        "best of",
        "score s out of 9\n  part p up to 9 best of\n    worth 9",
        "score s out of 9 ( part p up to 9 best of ( worth 9 ) )",
    ),
    ("once for", "define a\n  each A a once for\n    b with c", "define a ( each A a once for ( b with c ) )"),
    (
        "a tier",
        "designation a\n  tier b\n    require c d\n    require e f",
        "designation a ( tier b ( require c d ; require e f ) )",
    ),
    (
        "an option in a tier",
        "designation a\n  tier b\n    option c\n      require d e",
        "designation a ( tier b ( option c ( require d e ) ) )",
    ),
    ("a field called tier", "record a\n  tier b\n    default c", "record a ( tier b default c )"),
    (
        "a field at the end of its line",
        'record a\n  source\n    Origin\n  because "b"',
        'record a ( source Origin ; because "b" )',
    ),
    ("values that are words together", "enum a\n  this\n  month", "enum a ( this ; month )"),
    ("rows", 'example "a"\n  given B\n    c d\n    e f', 'example "a" ( given B ( c d ; e f ) )'),
    (
        "a row in braces",
        'example "a"\n  given B { c: d }\n    because "e"',
        'example "a" ( given B { c : d } because "e" )',
    ),
    ("lines in braces are free", "enum A {\nb,\n    c\n}", "enum A { b , c }"),
    ("lines in parentheses are free", "define a(b C,\n   d E)\n  f", "define a ( b C , d E ) ( f )"),
    ("a claim goes on", "claim a\n  implies b", "claim a implies b"),
    ("a claim below its title", 'claim "a"\n  b\n  because "c"', 'claim "a" ( b ; because "c" )'),
]
SIGNS = {"_INDENT": "(", "_NEWLINE": ";", "_DEDENT": ")"}


@pytest.mark.parametrize(("text", "layout"), [each[1:] for each in LAYOUTS], ids=[each[0] for each in LAYOUTS])
def test_lines_begin_blocks_or_go_on(text: str, layout: str) -> None:
    written = read(source(text))
    assert not written.diagnostics
    assert " ".join([SIGNS.get(token.kind, token.text) for token in written.declared[0].tokens]) == layout


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
