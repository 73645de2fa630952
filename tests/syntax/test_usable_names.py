"""A word of the language is a name where it can be used as one, and is refused where it is declared otherwise.

The words are those of the grammar, not a list: a new word of the language is tested by being one.
"""

from __future__ import annotations

import pytest

from attain_compiler.syntax.parse import parse
from attain_compiler.syntax.terminals import terminals
from tests.model.policies import compiled
from tests.syntax.shown import source

WORDS = sorted({word for phrases in terminals().phrases.values() for phrase, _ in phrases for word in phrase})

VALUE = """\
policy p "P"
entity Person
record R
  a count
parameter other count
  1
{head}
define qa
  {use} at least 1
define qb
  1 at most {use}
define qc
  (other + {use} * 2) at least 3 and {use} from 1 to 2
define qd
  {use} is other
"""
POLICIES = {
    "measure": VALUE.format(head="measure NAME count\n  count of R r", use="NAME"),
    "measure with a parameter": VALUE.format(head="measure NAME(a count) count\n  a", use="NAME(2)"),
    "parameter": VALUE.format(head="parameter NAME count\n  2", use="NAME"),
    "definition": VALUE.format(head="define NAME as count\n  2", use="NAME"),
    "reading": VALUE.format(head="reading NAME\n  xa 1 default\n  xb 2", use="NAME"),
    "variable": """\
policy p "P"
define q(NAME count, other count)
  NAME at least 1 and other more than NAME and NAME is 1
""",
    "binder": """\
policy p "P"
record R
  a count
  b flag
define qa
  some R NAME where NAME.a at least 1 and NAME.b
define qb
  (sum of NAME.a among R NAME) at least 2
""",
    "enum value": """\
policy p "P"
enum E { NAME, other }
record R
  e E
parameter seats for E count
  NAME 1
  other 2
define qa(r R)
  r.e is NAME or r.e is not NAME or r.e in { other, NAME }
define qb
  seats(NAME) at least 1
example "q"
  given R { e: NAME }
  expect qb
""",
    "record": """\
policy p "P"
record NAME
  a count
define qa
  some NAME r where r.a at least 1
define qb(r NAME)
  (count of NAME r) at least 2 and no NAME x where x.a is 3
example "q"
  given NAME { a: 1 }
  expect qa
""",
    "field": """\
policy p "P"
record R
  NAME count
  unique NAME
define qa(r R)
  r.NAME at least 1 and 1 at most r.NAME
example "q"
  given R { NAME: 1 }
  expect some R r where r.NAME is 1
""",
    "tier": """\
policy p "P"
designation d
  tier NAME
    require a 1 at least 1
  tier toptier
    require b 1 at least 1
define qa
  d is NAME or d at least NAME or d.NAME.a is met
""",
    "designation": """\
policy p "P"
designation NAME
  require NAME 1 at least 1
define qa
  NAME is met or NAME.NAME is not met
""",
    "change": """\
policy p "P"
measure m count 0 to 10
  1
designation d
  require a m at least 2
change NAME
  raises m by 1
  cost 1 USD
example "q"
  expect plan has NAME
""",
}


@pytest.mark.parametrize("kind", POLICIES)
def test_a_name_that_is_not_refused_can_be_used(kind: str) -> None:
    refused = []
    for word in WORDS:
        text = POLICIES[kind].replace("NAME", word)
        program, found = compiled(text)
        errors = [each for each in found if each.severity.value == "error"]
        if program is None and "unusable-name" in [each.code for each in errors]:
            refused.append(word)
            assert next(each for each in errors if each.code == "unusable-name").span.start == _declared(kind)
        elif program is None:
            # Some words begin a clause where a field stands: they are read as that, and refused there.
            clause = {"unique": {"unknown-name"}, "continues": {"unexpected-text"}}
            expected = clause.get(word, {"shadowed-name"}) if kind == "field" else {"shadowed-name"}
            assert {each.code for each in errors} == expected, (word, errors)
    assert len(refused) < 40
    assert kind in ("field", "change") or {"before", "and"} & set(refused)


def _declared(kind: str) -> int:
    """Where the name stands first."""
    text = POLICIES[kind]
    return text.index("NAME") if kind != "enum value" else text.index("{ NAME") + 2


@pytest.mark.parametrize(("kind", "word"), [("enum value", "met"), ("enum value", "known"), ("variable", "has")])
def test_the_words_that_authors_met(kind: str, word: str) -> None:
    _, found = compiled(POLICIES[kind].replace("NAME", word))
    assert "unusable-name" in [each.code for each in found]


def test_a_name_that_is_no_word_is_never_refused() -> None:
    for text in POLICIES.values():
        assert not parse(source(text.replace("NAME", "plain")))[1]
