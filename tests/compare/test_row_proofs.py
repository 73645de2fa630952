"""Rules that rest on rows: what is proved of any one row, or of anybody, wherever the rule stands."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from attain_compiler.model.program import Program
from attain_engine.compare import Comparison, compare
from attain_engine.compare.asking import Asking
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.items import items_of
from attain_engine.compare.sides import Sides
from attain_engine.open.conditions import conjunction, negation
from attain_engine.policies import read_policy
from attain_engine.solve.certain import completion

GUILD = (Path(__file__).parent / "guild.attain").read_text("utf-8")
OTHERS = GUILD.replace("1 with able(p, { smith })", "1 with able(p, { joiner })").replace(
    "paid(journeyman) or paid(master)", "paid(journeyman)"
)
"""Nobody is asked for what a smith does, nor for the fee of a master."""


def program(text: str) -> Program:
    found = read_policy("guild.attain", text).program
    assert found is not None
    return found


def compared(base: str, old: str, new: str) -> Comparison:
    assert old in base
    return compare(program(base), program(base.replace(old, new, 1)))


def relations(found: Comparison, name: str) -> set[tuple[str, bool]]:
    """How something stands, at each time, and whether that is proved."""
    return {(each.relation, each.proved) for each in found.findings if each.name == name}


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("smith      2021-06-30", "smith      2021-06-29", "guild.members"),
        ("smith      2021-06-30", "smith      2021-06-29", "points.days"),
        ("c is joiner and g is master", "c is joiner and g is master and c is joiner", "points.kept"),
        ("c is joiner and g is master", "c is mason and g is master", "guild.kept"),
        ("journeyman 15 EUR, master 20 EUR", "journeyman 15 EUR, master 21 EUR", "guild.fee"),
        ("w.craft in crafts and counts(w)", "counts(w) and w.craft in crafts", "guild.members"),
        ("m.left later than assessment date", "not (m.left on or before assessment date)", "guild.members"),
    ],
)  # fmt: skip
def test_what_cannot_show_where_it_is_asked_is_proved_equivalent(old: str, new: str, name: str) -> None:
    assert relations(compared(OTHERS, old, new), name) == {("equivalent", True)}


@pytest.mark.parametrize(
    ("old", "new", "name", "relation"),
    [
        ("18 months", "17 months", "points.days", "stricter"),
        ("18 months", "19 months", "points.days", "looser"),
        ("fee(g) as of", "fee(master) as of", "guild.fee", "stricter"),
        ("y.paid on or before assessment date", "y.paid earlier than assessment date", "guild.fee", "stricter"),
        ("    c is smith\n", "", "guild.kept", "stricter"),
    ],
)
def test_that_none_gains_or_none_loses_is_proved_of_any_one_row(old: str, new: str, name: str, relation: str) -> None:
    assert relations(compared(OTHERS, old, new), name) - {("equivalent", True)} == {(relation, True)}


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("joiner, mason }", "mason }", "guild.members"),
        ("c is joiner and g is master", "c is mason and g is master", "points.kept"),
        ("smith      2021-06-30", "mason      2021-06-29", "guild.members"),
        ("w.craft is c and counts(w)", "w.craft is c", "points.days"),
    ],
)
def test_what_differs_for_some_row_is_not_proved_equivalent(old: str, new: str, name: str) -> None:
    assert not {each for each, _ in relations(compared(OTHERS, old, new), name)} <= {"equivalent"}


def test_what_is_known_once_there_are_rows_is_no_reason_for_a_proof() -> None:
    asking = OTHERS.replace("and counts(w)\n\ndefine kept", "and counts(w) and days_are_known(w)\n\ndefine kept") + (
        "\ndefine days_are_known(w Work)\n  days(w.craft) is known\n"
    )
    found = compared(asking, "w.craft in crafts and counts(w)", "w.craft in crafts")
    assert ("equivalent", True) not in relations(found, "guild.members")


SETS = """\
policy guild "Guild"
  in force from 2000-01-01

enum Kind { a, b }
enum Craft { x, y }

record Work
  craft  Craft
  hours  count 0 to 5

parameter crafts for Kind set of Craft
  a  { x }
  b  { y }

measure crafted(k Kind) count 0 to 50
  distinct c among c in crafts(k) where some Work w where w.craft is c and w.hours at least 2

designation d "D"
  require it "It" crafted(a) at least 1
"""


@pytest.mark.parametrize(("kind", "proved"), [("a", True), ("b", False)])
def test_what_a_variable_runs_over_is_the_same_set_only_where_it_is_asked_for_the_same(kind: str, proved: bool) -> None:
    new = SETS.replace("hours at least 2", "hours more than 1").replace("crafted(a)", f"crafted({kind})")
    editions = Editions(Edition.by_default(program(SETS), {}), Edition.by_default(program(new), {}))
    on = datetime.date(2024, 1, 1)
    asking = Asking(Sides(editions, editions.affected(on)), on)
    item = next(each for each in items_of(program(SETS), {}, editions.identifiers) if each.is_truth)
    lawful, base, head = asking.both(item, asking.opening(frozenset(), 0), computed=asking.sides.every_measure)
    assert (completion(conjunction((lawful, base, negation(head)))) is None) is proved


UNDETERMINED = """\
policy guild "Guild"
  in force from 2000-01-01

record Work
  hours  count? 0 to 5

designation worked "Worked"
  require it "It" some Work w where w.hours at least 2

designation open "Open"
  require it "It" worked is undetermined
"""


def test_nothing_is_proved_of_what_asks_whether_something_is_undetermined() -> None:
    found = compared(UNDETERMINED, "hours at least 2", "hours at least 3")
    assert not {proved for _, proved in relations(found, "guild.open") | relations(found, "open")} - {False}
    assert {each.name for each in found.findings} & {"guild.open", "open"}
