"""What is relevant for some conditions says of them what the whole program says."""

from __future__ import annotations

from pathlib import Path

from attain_compiler.asp.profile import EXPECTED
from attain_compiler.asp.render import atom_text
from attain_engine.api import load_policy
from attain_engine.check.judged_on import date_of
from attain_engine.facts import rows_from_example
from attain_engine.rules.decide import compiled_for
from attain_engine.rules.facts_program import facts_program
from attain_engine.solve.answer_sets import answer_set

POLICY = """\
policy shop "Shop"

record Sale
  kind     text
  amount   count 0 to 1_000
  since    date

define in_force(s Sale)                              # named as if it were a demand
  s.since on or before assessment date

measure sold count 0 to 1_000_000
  sum of s.amount among Sale s where in_force(s)

measure kinds count 0 to 1_000
  distinct s.kind among Sale s where in_force(s)

designation shop "Shop"
  require sold  "Sold"  sold at least 10
  require kinds "Kinds" kinds at least 2

example "both"
  on 2024-01-01
  given Sale
    kind amount since
    "a"  6      2023-01-01
    "b"  7      2023-01-01
    "c"  9      2025-01-01
  expect sold is 13
  expect kinds is 2
  expect kinds is 3
  expect shop is met
"""


def test_each_condition_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "shop.attain"
    path.write_text(POLICY, encoding="utf-8")
    program = load_policy(path)
    example = next(iter(program.examples.values()))
    facts = rows_from_example(program, example)
    kept = compiled_for(program, EXPECTED, (), example.expectations)
    atoms = tuple(facts_program(kept.compiled, facts, date_of(program, example), {}, example.expectations))
    given = [f"{atom_text(each)}." for each in atoms]
    predicates = {("asked", 1), *((each.predicate, len(each.arguments)) for each in atoms)}
    held = []
    for number in range(4):
        text = "\n".join((kept.relevant.text([number], predicates), *given, f"asked({number})."))
        found, _ = answer_set(text)
        held.append(any(each.predicate == "holds" for each in found))
    assert held == [True, True, False, True]
    assert "kinds(" not in kept.relevant.text([0], predicates)
    assert "in_in_force(" in kept.relevant.text([0], predicates)
    assert "in_in_force(" not in kept.relevant.text([0], predicates - {("sale", 4)})
