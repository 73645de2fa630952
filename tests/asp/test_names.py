"""Names of policies that are words of the program, of clingo, or of another declaration's companions."""

from __future__ import annotations

import datetime

from attain_compiler.asp.names import Names
from attain_compiler.asp.render import quoted
from attain_engine.facts.model import Facts, Row
from attain_engine.solve.answer_sets import answer_set
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled

POLICY = """\
policy p "P"
  in force from 2020-01-01
enum Met { Failed, other, not-known, unknown, none }
entity Open
record In "Rows"
  holds   Open
  tier    Met
  amount  count
define family(x Open)
  some In i where i.holds is x and in_family(i)
define in_family(i In)
  i.amount more than 2
define counts(m Met) as count
  count of In i where i.tier is m
measure has_counts count "Counts"
  count of Open o where family(o)
measure given_counts count "Given"
  counts(other) + counts(Failed)
designation met "D"
  require total "T" has_counts at least 1
  require by "B" given_counts at least 2
  require not-known "N" counts(not-known) at least 1
"""


def test_names_that_clash_do_not_change_a_verdict() -> None:
    program = compiled(POLICY)
    members = {each.constant.name: each.constant for each in program.enums["p.Met"].members}
    rows = tuple(
        Row("p.In", {"holds": holds, "tier": members[tier], "amount": amount})
        for holds, tier, amount in (
            ('a"). evil(1). %', "other", 3),
            ("b\n", "Failed", 1),
            ("\\", "not-known", 0),
        )
    )
    facts = Facts("clashing", {"p.In": rows}, {}, closed=True)
    assert disagreements(program, facts, datetime.date(2023, 6, 30)) == []


def test_every_predicate_and_its_companions_belong_to_one_declaration() -> None:
    names = Names()
    made = [
        names.predicate(each)
        for each in ("p.x", "p.in_x", "q.x", "p.open_x", "p.met", "p.Not", "p.X", "p.a-b", "p.a_b")
    ]
    companions = [prefix + each for each in made for prefix in ("", "in_", "open_", "has_", "given_")]
    assert len(set(companions)) == len(companions)


def test_values_of_an_enum_can_be_told_back() -> None:
    names = Names()
    values = ["Low", "low", "not", "a-b", "a_b", "unknown"]
    constants = [names.constant("p.E", each) for each in values]
    assert [names.values["p.E", each] for each in constants] == values


def test_a_strangers_text_is_data() -> None:
    strange = 'x"). evil. %\n\\"'
    atoms, _ = answer_set(f"p({quoted(strange)}).")
    assert [each.arguments[0].value for each in atoms] == [strange]  # type: ignore[union-attr]
