"""The one layout."""

from __future__ import annotations

import pytest

from attain_compiler.syntax.format import format_source
from tests.syntax.shown import source

LAYOUTS = [
    (
        "fields in columns",
        'record R   "A record"\n a   count?  0   to 10\n long  date or never "T"\n unique  a ,long\n',
        'record R "A record"\n  a     count? 0 to 10\n  long  date or never   "T"\n  unique a, long\n',
    ),
    (
        "values of an enum in columns",
        'enum A\n  a "Title"  aka "B" ,"C"\n  long  "Other" source S1\n  none\n',
        'enum A\n  a     "Title" aka "B", "C"\n  long  "Other"  source S1\n  none\n',
    ),
    (
        "an enum in braces",
        'enum  A {a,b   "B" ,c}\nenum B {\na,\n      b\n}\n',
        'enum A { a, b "B", c }\nenum B {\n  a,\n  b\n}\n',
    ),
    (
        "rows of a parameter, numbers to the right",
        "parameter p for A, B count\n  a  from 1 to 3  10\n  long more than 3 5 source S1\n",
        "parameter p for A, B count\n  a     from 1 to 3  10\n  long  more than 3   5  source S1\n",
    ),
    (
        "several entries on a line",
        "parameter p for A, B count\n  a x 1, a   yy 20\n  bb x 100, bb yy 2\n",
        "parameter p for A, B count\n  a  x   1, a  yy 20\n  bb x 100, bb yy  2\n",
    ),
    (
        "entries with dates",
        'parameter p for A money USD\n  from 2015-07-01 a 1 USD,b 2 USD\n  otherwise unknown   "lost"\n',
        'parameter p for A money USD\n  from 2015-07-01  a 1 USD, b 2 USD\n  otherwise  unknown "lost"\n',
    ),
    (
        "alternatives of a reading",
        'reading r\n  a 5 points default because "b"\n  b 15 points\n  c because "c"\n',
        'reading r\n  a   5 points  default  because "b"\n  b  15 points\n  c                      because "c"\n',
    ),
    (
        "parts on one line",
        'score s out of 10\n  part a "A" up to 5 worth 3\n  part long up to m   4 points for each n\n',
        'score s out of 10\n  part a "A"  up to 5  worth 3\n  part long   up to m  4 points for each n\n',
    ),
    (
        "parts over several lines",
        "score s out of 10\n  part a up to 5\n        worth 3\n        source S1\n",
        "score s out of 10\n  part a up to 5\n    worth 3\n    source S1\n",
    ),
    (
        "rows of an example",
        'example "e"\n  given A\n    a long_name\n    "x" 1\n    "longer" yes\n',
        'example "e"\n  given A\n    a         long_name\n    "x"       1\n    "longer"  yes\n',
    ),
    (
        "signs and brackets",
        "define d(a A,b B)\n  f( a,-1 )+( b-3 )*{x,y}.z is not ( a . b )and not(c)\n",
        "define d(a A, b B)\n  f(a, -1) + (b-3) * { x, y }.z is not (a.b) and not (c)\n",
    ),
    (
        "numbers and words of several words",
        "define d\n  a  at   least 12_000   USD and b\n    on or\n    before 3   days after c and d is 5 %\n",
        "define d\n  a at least 12_000 USD and b\n    on or before\n      3 days after c and d is 5%\n",
    ),
    (
        "blocks and what goes on after them",
        'designation d\n      require a "A" all of\n                b\n                c\n            source S1\n',
        'designation d\n  require a "A" all of\n      b\n      c\n    source S1\n',
    ),
    (
        "lines that go on, and on",
        "define d\n    a and\n       b or\n       c or\n           d and\n      e\n",
        "define d\n  a and\n    b or\n    c or\n      d and\n    e\n",
    ),
    (
        "lines within brackets stand below what follows the bracket",
        "change c\n  adds A { b: 1,\n    c: 2,\n  d: 3 }\n  when f(\n  a,\n b\n )\n",
        "change c\n  adds A { b: 1,\n           c: 2,\n           d: 3 }\n  when f(\n    a,\n    b\n  )\n",
    ),
    (
        "notes stand apart",
        'claim  a is 1 source S1 because "b"\nexample "e" source S1\n  expect x is 1 source S2\n',
        'claim a is 1  source S1 because "b"\nexample "e" source S1\n  expect x is 1  source S2\n',
    ),
    (
        "where a figure was found stands apart",
        'parameter p for T count\n  long 1 source S1 recovered from "a",\n   "b"\n  b 10   recovered  from "c"\n',
        'parameter p for T count\n  long   1  source S1 recovered from "a",\n    "b"\n  b     10  recovered from "c"\n',
    ),
    (
        "comments at the ends of lines",
        "record R # a record\n  a count#first\n  long count    # second\n\n  b count # third\n",
        "record R       # a record\n  a     count  #first\n  long  count  # second\n\n  b  count  # third\n",
    ),
    (
        "comments on lines of their own",
        "# first\nenum A\n      # of a\n  a\n# far left\n  b\n    # the last of A\n\n# of B\nentity B\n",
        "# first\nenum A\n  # of a\n  a\n# far left\n  b\n  # the last of A\n\n# of B\nentity B\n",
    ),
    ("blank lines", "\n\n\nentity A\n\n\n\nentity B\nentity C   \n\n\n", "entity A\n\nentity B\nentity C\n"),
    ("no line end at the end", "entity A", "entity A\n"),
    ("line ends of another system", "enum A\r\n  a\r\n  b # c\r\n", "enum A\n  a\n  b  # c\n"),
]


@pytest.mark.parametrize(("loose", "laid_out"), [each[1:] for each in LAYOUTS], ids=[each[0] for each in LAYOUTS])
def test_a_text_is_laid_out(loose: str, laid_out: str) -> None:
    assert format_source(source(loose)) == laid_out


@pytest.mark.parametrize("laid_out", [each[2] for each in LAYOUTS], ids=[each[0] for each in LAYOUTS])
def test_what_is_laid_out_stays(laid_out: str) -> None:
    assert format_source(source(laid_out)) == laid_out


@pytest.mark.parametrize("text", ["define   d\n  a is\n", "entity   A\n\nentty B\n", "enum A\n\ta\n", ""])
def test_a_text_with_mistakes_stays_as_it_is(text: str) -> None:
    assert format_source(source(text)) == text
