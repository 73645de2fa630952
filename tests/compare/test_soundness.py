"""What must not be taken for equivalent."""

from __future__ import annotations

from attain_compiler.model.program import Program
from attain_engine.compare import compare
from attain_engine.compare.asking import Asking
from attain_engine.compare.by_example import as_it_is
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.examples import Known
from attain_engine.compare.items import Contrast, items_of
from attain_engine.compare.sides import Sides
from attain_engine.policies import read_policy
from attain_engine.report.diff_markdown import diff_markdown

STAFF = """\
policy staff "Staff"
  in force from 2023-01-01

record Hired "Who was hired, and when"
  on  date

measure hired count 0 to 100 "Hired until then"
  count of Hired h where h.on on or before assessment date

designation large "Large"
  require enough "At least 5" hired at least 5
"""


def program(text: str) -> Program:
    read = read_policy("staff.attain", text)
    assert read.program is not None, [each.message for each in read.diagnostics]
    return read.program


def test_a_measure_on_another_date_is_not_the_same_number() -> None:
    earlier = STAFF.replace("hired at least 5", "(hired as of 2022-06-01) at least 5")
    found = compare(program(STAFF), program(earlier))
    assert {each.relation for each in found.findings}.isdisjoint({"equivalent"})


def test_a_row_rule_written_otherwise_is_proved_row_by_row() -> None:
    same = STAFF.replace("h.on on or before assessment date", "not (h.on later than assessment date)")
    assert {each.relation for each in compare(program(STAFF), program(same)).findings} == {"equivalent"}


def test_a_row_rule_that_differs_by_a_day_is_shown_by_a_row_on_that_day() -> None:
    later = STAFF.replace("h.on on or before assessment date", "h.on earlier than assessment date")
    finding = compare(program(STAFF), program(later)).findings[0]
    assert (finding.relation, finding.proved) == ("stricter", True)
    assert "given Hired { on: 2023-01-01 }" in finding.witnesses[0].example


READ = """\
policy read "Read"
  in force from 2023-01-01

enum Size "Sizes"
  large  "Large"
  small  "Small"

reading whom "Who counts"
  adults  default
  everybody

entity Person

record Member "Members"
  person  Person
  age     count 0 to 120

measure members count 0 to 100 "Members"
  count of Member m where whom is everybody or m.age at least 18

define size as Size
  by case
    large when some Member m where m.age more than 60
    small otherwise

parameter needed for Size count
  large 10, small 5

designation club "Club"
  require enough "Enough members" members at least needed(size)
"""


def test_what_only_another_reading_looks_at_is_no_difference() -> None:
    other = READ.replace("whom is everybody or", "(whom is everybody and m.age at least 6) or")
    assert {each.relation for each in compare(program(READ), program(other)).findings} == {"equivalent"}


def test_another_default_of_a_reading_is_a_difference() -> None:
    other = READ.replace("  adults  default\n  everybody", "  adults\n  everybody  default")
    assert compare(program(READ), program(other)).findings[0].relation == "looser"


def test_the_last_value_of_an_enum_is_said_in_the_example() -> None:
    other = READ.replace("small 5", "small 6")
    finding = compare(program(READ), program(other)).findings[0]
    assert (finding.relation, finding.proved) == ("stricter", True)
    assert "given size = small" in finding.witnesses[0].example


def test_an_organisation_of_an_example_shows_what_differs_where_it_does() -> None:
    with_example = (
        READ
        + """
example "five adults"
  given size = small
  given Member { person: "a", age: 18 }
  given Member { person: "b", age: 18 }
  given Member { person: "c", age: 18 }
  given Member { person: "d", age: 18 }
  given Member { person: "e", age: 18 }
  expect club is met
"""
    )
    base, head = program(with_example), program(with_example.replace("at least 18", "more than 18"))
    editions = Editions(Edition.by_default(base, {}), Edition.by_default(head, {}))
    item = next(iter(items_of(head, {})))
    (known,) = Known(editions).every
    asking = Asking(Sides(editions, editions.affected(known.on)), known.on)
    found = as_it_is(asking, Contrast(item, "stricter"), known)
    assert found is not None
    assert (found.witness.base, found.witness.head) == ("met", "failed")
    assert found.witness.example.count("given Member") == 5


def test_what_is_not_compared_in_the_time_is_said() -> None:
    other = READ.replace("small 5", "small 6")
    found = compare(program(READ), program(other), until=0.0)
    assert {each.relation for each in found.findings} == {"not compared"}
    assert not found.complete
    assert "not compared (time)" in diff_markdown(found)
    assert compare(program(READ), program(READ), until=0.0).complete


AGES = """\
policy ages "Ages"
  in force from 2023-01-01

entity Person

record Applicant one row "Who applies"
  born  date

record Member "Members"
  person  Person
  born    date

define old(m Member)
  m.born on or before 1950-01-01

measure members count 0 to 100 "Old members"
  count of Member m where old(m)

designation club "Club"
  require applicant "Old enough" the Applicant.born on or before 1940-01-01
  require members "Enough old members" members at least 2
"""


def test_dates_long_ago_are_looked_at_as_well() -> None:
    for old, new in (("1940-01-01", "1939-01-01"), ("1950-01-01", "1949-01-01")):
        found = compare(program(AGES), program(AGES.replace(old, new)))
        assert found.findings[0].relation == "stricter", new


WITH_CARDS = """\
policy cards "Cards"
  in force from 2023-01-01 to 2024-12-31

entity Person

enum Card "Cards"
  red   "Red"
  blue  "Blue"

record Held "Cards that are held"
  person  Person
  card    Card
  since   date

parameter last_day for Card date
  red        2030-01-01
  otherwise  never

define valid(h Held)
  assessment date on or before last_day(h.card)

define holder(p Person)
  some Held h where h.person is p and valid(h)

designation club "Club"
  require pair "One person, and another"
    each Person p once for
      1 with holder(p)
      1 with holder(p)
"""


def test_a_rule_about_a_row_that_comes_to_the_same_in_this_time_is_no_difference() -> None:
    later = WITH_CARDS.replace("2030-01-01", "2030-01-02")
    assert {each.relation for each in compare(program(WITH_CARDS), program(later)).findings} == {"equivalent"}


def test_a_rule_about_a_row_that_comes_to_something_else_in_this_time_is_a_difference() -> None:
    earlier = WITH_CARDS.replace("2030-01-01", "2023-06-01")
    until, after = compare(program(WITH_CARDS), program(earlier)).findings[:2]
    assert (until.relation, str(until.until)) == ("equivalent", "2023-06-01")
    assert (after.relation, str(after.since)) == ("stricter", "2023-06-02")


def test_a_rule_about_a_row_that_is_asked_on_another_date_is_not_taken_for_the_same() -> None:
    elsewhen = WITH_CARDS.replace("and valid(h)", "and (valid(h) as of 2030-01-02)")
    later = elsewhen.replace("red        2030-01-01", "red        2030-01-02")
    assert {each.relation for each in compare(program(elsewhen), program(later)).findings} != {"equivalent"}
