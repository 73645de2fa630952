"""`attain test --suggest`: the examples that are missing."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

from attain_engine.api import load_policy
from attain_engine.check.coverage import coverage, per_mille
from attain_engine.check.examples import run_examples
from attain_engine.check.mutate import mutants
from attain_engine.check.noticing import Suite, Trial
from attain_engine.facts import Facts, Row
from attain_engine.facts.as_example import example_lines
from attain_engine.facts.example import rows_from_example
from attain_engine.suggest import suggest
from attain_engine.suggest.written import policy as written
from tests.cli.conftest import Attain, Write

POLICY = """policy club "Club"
  in force from 2024-01-01

enum Kind { junior, senior }

entity Person

record Member
  person  Person
  kind    Kind
  fee     money EUR 0 EUR to 1_000 EUR
  joined  date
  guest   flag

excluded Member m "guests do not count"
  when m.guest

reading fees "Which fees count"
  all    default
  large

parameter most for Kind count
  junior  10
  from 2024-01-01  senior  20
  from 2025-01-01  senior  25

measure members(k Kind) count 0 to 10_000 "Members"
  count of Member m where m.kind is k and m.joined on or before assessment date

measure paid money EUR 0 EUR to 1_000_000 EUR "Fees"
  sum of m.fee among Member m where fees is all or m.fee more than 100 EUR

score size(k Kind) out of 10
  part members "Members" up to 10
    in proportion to members(k) full at most(k)

define rich
  paid at least 5_000 EUR

designation club "Club"
  require seniors "Three seniors" members(senior) at least 3
  require money "Rich, or many juniors"
    any of
      rich
      members(junior) more than 7
"""


def test_every_place_is_decided_by_examples_that_pass(tmp_path: Path) -> None:
    program = load_policy(tmp_path / "club.attain", POLICY)
    (tmp_path / "club.attain").write_text(POLICY, "utf-8")
    found = suggest(program, (), time.monotonic() + 60)
    assert [(each.kind, each.missing) for each in found.missing] == []
    read = written(program, found.found).read
    assert read.program is not None
    assert all(each.passed for each in run_examples(read.program))
    assert per_mille(coverage([read.program])) == 1000
    text = read.files[read.path].text
    assert "given members(senior) = 3\n" in text, "at the bound, as a measure"
    assert "given members(senior) = 2\n" in text, "just beside it"
    assert "on 2025-01-01\n" in text, "a date of effect"
    assert "reading fees is large\n" in text
    assert "guest: yes" in text, "rows, where only rows do"


TIERS = """policy tiers "Tiers"
  in force from 2024-01-01

record Reference "A reference"
  approved  date

parameter lifetime duration
  2 years

parameter needed count
  5

measure references count 0 to 100 "References"
  count of Reference r where assessment date on or before lifetime after r.approved

designation partner "Partner"
  tier silver "Silver"
    require references "Three references" references at least 3
  tier gold "Gold"
    require references "Five references" references at least needed
"""


def test_what_is_decided_beside_what_is_asked_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "tiers.attain"
    path.write_text(TIERS, "utf-8")
    program = load_policy(path, TIERS)
    found = suggest(program, (), time.monotonic() + 120)
    assert found.missing == ()
    read = written(program, found.found).read
    assert read.program is not None
    modules = {name: read.program.files[each.span.path] for name, each in read.program.policies.items()}
    trial = Trial((Suite(read.path, modules),))
    survive = [each for each in mutants(program.files[str(path)]) if not trial.notices(each)]
    assert {each.line for each in survive} == {'measure references count 0 to 100 "References"'}


TABLES = """policy tables "Tables"
  in force from 2024-01-01

enum Size { small, medium, large }

enum Paper { card, letter, photo }

entity Person

record Proof "A proof"
  person  Person
  paper   Paper

excluded Proof p "no card"
  when p.paper is card

excluded Proof p "neither photos nor letters"
  when p.paper in { letter, photo } and p.person is "Ann"

parameter fee for Size money EUR
  small  10 EUR
  from 2025-03-01  small  12 EUR
  otherwise  20 EUR

parameter steps for count points
  less than 3  0 points
  from 3 to 5  1 points
  more than 5  2 points

parameter papers for Size set of Paper
  small  { card, letter }, medium  { photo }, large  { }

parameter lately date
  2026-02-01

define proved(p Person)
  some Proof x where x.person is p

designation shown "Shown"
  require proof "A proof" some Person p where proved(p)
  require early "In time" assessment date on or before lately
  require fee "A fee" fee(small) at least fee(medium) - 10 EUR
  require papers "Some paper"
    some Proof x where x.paper in papers(small) and steps(2) less than steps(3)
"""


def test_what_parameters_say_is_asked_on_the_days_beside_each_change(tmp_path: Path) -> None:
    path = tmp_path / "tables.attain"
    path.write_text(TABLES, "utf-8")
    found = suggest(load_policy(path, TABLES), (), time.monotonic() + 60)
    read = written(load_policy(path, TABLES), found.found).read
    assert read.program is not None
    text = read.files[read.path].text
    before = 'example "what fee says"\n  on 2025-02-28\n  expect fee(small) is 10 EUR\n  expect fee(medium) is 20 EUR\n'
    since = '"what fee says (2)"\n  on 2025-03-01\n  expect fee(small) is 12 EUR\n  expect fee(medium) is 20 EUR\n'
    assert before in text
    assert since in text
    for line in ("steps(2) is 0", "steps(3) is 1", "steps(5) is 1", "steps(6) is 2", "not (card in papers(large))"):
        assert f"  expect {line}\n" in text
    assert "  expect card in papers(small)\n  expect letter in papers(small)\n" in text
    assert "what papers says (2)" not in text


def test_an_exclusion_is_decided_for_rows_that_none_before_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "tables.attain"
    path.write_text(TABLES, "utf-8")
    found = suggest(load_policy(path, TABLES), (), time.monotonic() + 60)
    assert [each.missing for each in found.places if each.kind == "exclusion"] == [(), ()]


ROWS = """policy rows "Rows"
  in force from 2024-01-01

record Stay "A stay"
  guest  text
  room   text
  begun  date
  ended  date or never

define goes_on(a Stay, b Stay) "Another stay of the guest in the room"
  all of
    a.guest is b.guest
    a.room is b.room
    b.begun later than a.begun

define open(s Stay, extended flag)
  s.ended is never or extended

designation none "Nothing"
  require few "No more than nine stays" count of Stay s at most 9
"""


def test_definitions_about_rows_are_asked_of_some(tmp_path: Path) -> None:
    path = tmp_path / "rows.attain"
    path.write_text(ROWS, "utf-8")
    found = suggest(load_policy(path, ROWS), (), time.monotonic() + 60)
    read = written(load_policy(path, ROWS), found.found).read
    assert read.program is not None
    assert all(each.passed for each in run_examples(read.program))
    text = read.files[read.path].text
    assert "  expect (some Stay a where some Stay b where goes_on(a, b))\n" in text
    assert "  expect not (some Stay s where open(s, no))\n" in text
    first = ROWS.index("define")
    assert [each for each in found.missing if first <= each.span.start < ROWS.index("designation")] == []


def test_what_the_policy_does_not_rest_on_is_not_asked(attain: Attain, write: Write) -> None:
    write("shared.attain", 'policy shared "S"\n\ndefine big(n count)\n  n at least 7\n\nparameter five count\n  5\n')
    write(
        "club.attain",
        'policy club "C"\nimport shared\n\nmeasure n count 0 to 9\n  3\n\ndesignation d "D"\n'
        '  require n "Five" n at least five\n',
    )
    result = attain("test", "--suggest", "club.attain")
    assert result.code == 0, result.err
    assert result.err.endswith(" examples suggested, 0 places stay undecided\n")
    assert "five is 5" in result.out


def test_what_examples_decide_is_not_suggested_again(attain: Attain, write: Write) -> None:
    write("club.attain", POLICY)
    first = attain("test", "--suggest", "club.attain")
    assert first.code == 0, first.err
    assert first.err.endswith(" examples suggested, 0 places stay undecided\n")
    write("club_suggested_examples.attain", first.out)
    assert attain("test", ".").code == 0
    again = attain("test", "--suggest", ".")
    assert (again.code, again.out, again.err) == (0, "", "0 examples suggested, 0 places stay undecided\n")


THIRDS = """policy thirds "Thirds"

entity Person

record Gift
  amount  money EUR
  share   percent
  by      set of Person

measure given_to(p set of Person) money EUR 0 EUR to 100 EUR
  0 EUR

measure part percent 0% to 100%
  0%

designation thirds "Thirds"
  require one "One" part at least 1%
"""


def test_values_that_are_no_decimal_numbers_and_sets_of_names_can_be_read_again(
    tmp_path: Path,
) -> None:
    program = load_policy(tmp_path / "thirds.attain", THIRDS)
    third, people = Fraction(1, 3), frozenset({"ana", "bo b"})
    row = Row("thirds.Gift", {"amount": 50 * third, "share": third, "by": people})
    values = {("thirds.given_to", (people,)): 5 * third, ("thirds.part", ()): third}
    facts = Facts("x", {"thirds.Gift": (row,)}, values)
    lines = "".join(f"  {each}\n" for each in example_lines(program, facts))
    again = load_policy(tmp_path / "thirds.attain", f'{THIRDS}\nexample "x"\n{lines}  expect part is 100% / 3\n')
    (example,) = again.examples.values()
    read = rows_from_example(again, example)
    assert read.values == values
    assert [each.values for each in read.tables["thirds.Gift"]] == [row.values]


SEVERAL = """policy several "Several"
  in force from 2024-01-01

enum Skill { first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth }

record Membership one row
  anniversary date

record Payment
  amount  money EUR 0 EUR to 9_000 EUR
  paid    date

record Passed
  person  text
  skill   Skill

parameter fee money EUR
  100 EUR
  from 2025-01-01  120 EUR

parameter needs for Skill set of Skill
  eighth     { ninth }
  otherwise  { }

define fee_paid "What is due was paid"
  some Payment p where p.amount at least fee as of p.paid

define days_left as number
  number of days from the Membership.anniversary to assessment date

define in_time
  days_left from -30 to 45

measure staff count 0 to 1_000 "Staff"
  7

measure rooms count 0 to 1_000 "Rooms"
  8

score size out of 100
  part staff up to 40
    in proportion to staff full at 300
  part rooms up to 60
    in proportion to rooms full at 70

define ready(p Passed)
  some Passed x where x.person is p.person and x.skill in needs(p.skill)

designation several "Several"
  require fee "Paid" fee_paid
  require time "In time" in_time
  require large "Large" size at least 70
  require ready "Ready" some Passed p where ready(p)

define of(s Skill)
  any of
    s is first and several is met
    s is sixth and staff at least 5
"""


def test_facts_say_all_that_an_answer_rests_on(tmp_path: Path) -> None:
    """Values beside rows; dates from which time has gone by; points that add up exactly; values that a parameter links;
    and what only some of many arguments decide."""
    path = tmp_path / "several.attain"
    path.write_text(SEVERAL, "utf-8")
    found = suggest(load_policy(path, SEVERAL), (), time.monotonic() + 120)
    assert [(each.kind, SEVERAL[each.span.start : each.span.end], each.missing) for each in found.missing] == []
